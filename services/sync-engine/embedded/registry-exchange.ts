import type { ExchangeVersion } from '../../domain/mail-service.ts';
import type { Endpoint, Protocol } from '../../domain/profile.ts';
import type { ExchangeAccess } from '../../probes/index.ts';
import type { RegisteredProfile } from './registry.ts';
import type { ProfileItemOf } from './registry-schema.ts';

type ExchangeServerItem = ProfileItemOf<'exchange-server'>;

/** Auto Discover begins at the domain of each mailbox; a profile that serves several has none. */
const ANY_DOMAIN = 'autodiscover';

/** Older servers refuse requests for newer ones; a newer one takes an older request as it is meant. */
const SCHEMAS: Readonly<Partial<Record<ExchangeVersion, ExchangeAccess['schema']>>> = {
  '2010': 'Exchange2010',
  '2010-sp3': 'Exchange2010_SP2',
  '2013': 'Exchange2013',
};

export function exchangeAccess(item: ExchangeServerItem): ExchangeAccess {
  const { location, autodiscoverService, authentication, impersonation, exchangeVersion } = item;
  return {
    url: location,
    autodiscoverUrl: autodiscoverService,
    authentication,
    impersonation,
    schema: SCHEMAS[exchangeVersion ?? '2013-sp1'] ?? 'Exchange2013_SP1',
  };
}

export function exchangeEndpoint({ location, autodiscoverService }: ExchangeServerItem): Endpoint {
  return locatedEndpoint(location, autodiscoverService);
}

export function locatedEndpoint(location: string | null, autodiscoverUrl: string | null): Endpoint {
  return webEndpoint('ews', location ?? autodiscoverUrl ?? `https://${ANY_DOMAIN}`);
}

export function webEndpoint(protocol: Protocol, url: string): Endpoint {
  const { protocol: scheme, hostname, port } = new URL(url);
  const encrypted = scheme === 'https:';
  return {
    protocol,
    host: hostname,
    port: port === '' ? (encrypted ? 443 : 80) : Number(port),
    tls: encrypted ? 'implicit' : 'none',
  };
}

/** Where a mailbox's sessions begin: the servers of two domains are not one server. */
export function beginningOf(
  { exchange }: RegisteredProfile,
  endpoint: Endpoint,
  address: string,
): Endpoint {
  if (exchange === undefined || (exchange.url ?? exchange.autodiscoverUrl) !== null)
    return endpoint;
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  return { ...endpoint, host: `${ANY_DOMAIN}.${domain}` };
}
