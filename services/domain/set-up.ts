import { mailServiceAt } from './mail-service.ts';
import type { Mailbox } from './mailbox.ts';
import type { Organization } from './organization.ts';
import type { EmailServerProfile, Endpoint } from './profile.ts';
import type { SetUp } from './supported-configuration.ts';

/** Graph and EWS speak HTTPS; mail goes over these. */
const DEFAULT_PORTS: readonly number[] = [443, 25, 465, 587, 993, 995];
/** "Ports open in US Government online" (domain.md §6.5). */
const GOVERNMENT_PORTS: readonly number[] = [80, 443, 465, 995];

/** What a mailbox's method of ACT and kind add; `directions` of a registry item or of a mailbox. */
export interface SynchronizedMailbox {
  readonly kind: Mailbox['kind'];
  readonly act: Mailbox['directions']['act']['method'];
}

/** All that a profile, its organization and a mailbox say about themselves; the rest is not known. */
export function setUpOf(
  profile: EmailServerProfile,
  organization: Organization | null,
  mailbox: SynchronizedMailbox | null,
): SetUp {
  const endpoints = [profile.incoming, profile.outgoing];
  const ports = endpoints.map(({ port }) => port);
  const incomingService = serviceOf(profile, profile.incoming);
  const outgoingService = serviceOf(profile, profile.outgoing);
  return {
    profile: profile.serverType,
    ...(incomingService && { incomingService }),
    ...(outgoingService && { outgoingService }),
    incomingProtocol: incomingProtocolOf(profile.incoming),
    outgoingProtocol: profile.outgoing.protocol === 'smtp' ? 'smtp' : 'exchange',
    ...(profile.exchangeVersion && { exchangeVersion: profile.exchangeVersion }),
    ...(mailbox && { mailbox: mailbox.kind, act: mailbox.act }),
    credentials: profile.credentialSource,
    impersonation: profile.impersonation,
    autodiscover: profile.autodiscover,
    // The demo's replica of Microsoft 365 listens wherever there is room.
    defaultPorts: profile.replica || ports.every((port) => DEFAULT_PORTS.includes(port)),
    governmentPorts: ports.every((port) => GOVERNMENT_PORTS.includes(port)),
    encrypted: unencryptedEndpoints(profile).length === 0,
    ...(organization && organizationFacts(organization, profile)),
  };
}

function organizationFacts(
  { deployment, tenantId, tls, fips }: Organization,
  profile: EmailServerProfile,
): SetUp {
  const facts = {
    deployment,
    unencryptedServersAllowed: tls.allowUnencryptedServers,
    insecureCredentialsAllowed: tls.allowCredentialsOverInsecureChannel,
    fips,
  };
  if (tenantId === null || profile.tenantId === undefined) return facts;
  const same = tenantId.toLowerCase() === profile.tenantId.toLowerCase();
  return { ...facts, tenant: same ? 'same' : 'another' };
}

/** Where this profile talks in the clear: every card about it says so. */
export function unencryptedEndpoints({
  incoming,
  outgoing,
  replica,
}: EmailServerProfile): readonly Endpoint[] {
  if (replica) return [];
  return [incoming, outgoing].filter(({ tls }) => tls === 'none');
}

function serviceOf(
  { serverType }: EmailServerProfile,
  { host }: Endpoint,
): SetUp['incomingService'] {
  if (serverType === 'exchange-online') return 'exchange-online';
  return mailServiceAt(host) ?? (serverType === 'exchange-server' ? 'exchange-server' : undefined);
}

function incomingProtocolOf({ protocol }: Endpoint): NonNullable<SetUp['incomingProtocol']> {
  return protocol === 'pop3' || protocol === 'imap' ? protocol : 'exchange';
}
