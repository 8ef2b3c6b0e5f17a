/**
 * Hosts that Microsoft runs Dataverse on, by cloud: commercial (crm, crm2 …), US government (GCC,
 * GCC High, DoD) and China by 21Vianet.
 */
const ONLINE = [
  /^[a-z0-9-]+(?:\.api)?\.crm\d{0,2}\.dynamics\.com$/,
  /^[a-z0-9-]+(?:\.api)?\.crm\.microsoftdynamics\.us$/,
  /^[a-z0-9-]+(?:\.api)?\.crm\.appsplatform\.us$/,
  /^[a-z0-9-]+(?:\.api)?\.crm\.dynamics\.cn$/,
];

export const isDataverseHost = (host: string): boolean =>
  ONLINE.some((pattern) => pattern.test(host.toLowerCase()));

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127(\.\d+){3}$/.test(host);

export type Deployment = 'online' | 'on-premises';

/** Why a token must not be sent to this address; undefined: it may. */
export function addressObjection(url: URL, deployment: Deployment): string | undefined {
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    return 'holds more than an address';
  }
  if (isLoopback(url.hostname)) return undefined;
  if (url.protocol !== 'https:') return 'is not encrypted';
  if (deployment === 'on-premises') return undefined;
  if (!isDataverseHost(url.hostname)) return 'is not a host of Dynamics 365 online';
  return url.pathname === '/' ? undefined : 'holds more than an address';
}
