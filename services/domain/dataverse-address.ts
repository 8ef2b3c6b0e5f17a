export interface MicrosoftCloud {
  /** Where its people and applications sign in. */
  readonly authority: string;
  readonly graph: string;
}

type Cloud = MicrosoftCloud & { readonly host: RegExp };

export const COMMERCIAL_CLOUD: MicrosoftCloud = {
  authority: 'https://login.microsoftonline.com',
  graph: 'https://graph.microsoft.com',
};

/** Where Microsoft runs Dataverse: commercial and GCC, GCC High, DoD, and China by 21Vianet. */
const CLOUDS: readonly Cloud[] = [
  {
    host: /^[a-z0-9-]+(?:\.api)?\.crm\d{0,2}\.dynamics\.com$/,
    ...COMMERCIAL_CLOUD,
  },
  {
    host: /^[a-z0-9-]+(?:\.api)?\.crm\.microsoftdynamics\.us$/,
    authority: 'https://login.microsoftonline.us',
    graph: 'https://graph.microsoft.us',
  },
  {
    host: /^[a-z0-9-]+(?:\.api)?\.crm\.appsplatform\.us$/,
    authority: 'https://login.microsoftonline.us',
    graph: 'https://dod-graph.microsoft.us',
  },
  {
    host: /^[a-z0-9-]+(?:\.api)?\.crm\.dynamics\.cn$/,
    authority: 'https://login.partner.microsoftonline.cn',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
  },
];

const cloudOf = (host: string): Cloud | undefined =>
  CLOUDS.find((cloud) => cloud.host.test(host.toLowerCase()));

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127(\.\d+){3}$/.test(host);

/** Undefined: nowhere that Microsoft runs Dataverse. This machine stands in for the commercial cloud. */
export function microsoftCloudOf({ hostname }: URL): MicrosoftCloud | undefined {
  return isLoopback(hostname) ? COMMERCIAL_CLOUD : cloudOf(hostname);
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
