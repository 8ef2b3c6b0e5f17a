interface Cloud {
  readonly host: RegExp;
  /** Where its people and applications sign in. */
  readonly authority: string;
}

/** Where Microsoft runs Dataverse: commercial and GCC, GCC High, DoD, and China by 21Vianet. */
const CLOUDS: readonly Cloud[] = [
  {
    host: /^[a-z0-9-]+(?:\.api)?\.crm\d{0,2}\.dynamics\.com$/,
    authority: 'https://login.microsoftonline.com',
  },
  {
    host: /^[a-z0-9-]+(?:\.api)?\.crm\.(?:microsoftdynamics|appsplatform)\.us$/,
    authority: 'https://login.microsoftonline.us',
  },
  {
    host: /^[a-z0-9-]+(?:\.api)?\.crm\.dynamics\.cn$/,
    authority: 'https://login.partner.microsoftonline.cn',
  },
];

const cloudOf = (host: string): Cloud | undefined =>
  CLOUDS.find((cloud) => cloud.host.test(host.toLowerCase()));

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127(\.\d+){3}$/.test(host);

/** Undefined: nowhere that Microsoft runs Dataverse. This machine stands in for the commercial cloud. */
export function authorityOf({ hostname }: URL): string | undefined {
  return (isLoopback(hostname) ? CLOUDS[0] : cloudOf(hostname))?.authority;
}

export type DataverseDeployment = 'online' | 'on-premises';

/** Why a token must not be sent to this address; undefined: it may. */
export function addressObjection(url: URL, deployment: DataverseDeployment): string | undefined {
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    return 'holds more than an address';
  }
  if (isLoopback(url.hostname)) return undefined;
  if (url.protocol !== 'https:') return 'is not encrypted';
  if (deployment === 'on-premises') return undefined;
  if (cloudOf(url.hostname) === undefined) return 'is not a host of Dynamics 365 online';
  return url.pathname === '/' && url.port === '' ? undefined : 'holds more than an address';
}
