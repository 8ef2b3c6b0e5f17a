import { idOf, type OrganizationId, type UserId } from '../../domain/ids.ts';
import { mailServiceAt } from '../../domain/mail-service.ts';
import type {
  CredentialSource,
  EmailServerProfile,
  Endpoint,
  Protocol,
  ServerType,
  TlsMode,
} from '../../domain/profile.ts';
import { CREDENTIAL_SOURCES, EXCHANGE_VERSIONS, SERVER_TYPES, wordFor } from './option-sets.ts';
import { flagIn, keyIn, numberIn, type RowValues, textIn } from './row-values.ts';

export interface AroundProfile {
  readonly organizationId: OrganizationId;
  readonly ownerId: UserId | null;
}

const EXCHANGE_ONLINE = 'https://outlook.office365.com/EWS/Exchange.asmx';
/** Auto Discover begins at the domain of each mailbox; a profile that serves several has none. */
const ANY_DOMAIN = 'https://autodiscover';

/** Ports on which encryption is there from the first byte. */
const IMPLICIT_PORTS: readonly number[] = [465, 993, 995];

interface Side {
  readonly protocol: Protocol;
  readonly encryptedPort: number;
  readonly plainPort: number;
}
const POP3: Side = { protocol: 'pop3', encryptedPort: 995, plainPort: 110 };
const IMAP: Side = { protocol: 'imap', encryptedPort: 993, plainPort: 143 };
const SMTP: Side = { protocol: 'smtp', encryptedPort: 587, plainPort: 25 };

export function toProfile(row: RowValues, around: AroundProfile): EmailServerProfile {
  const serverType = serverTypeIn(row);
  const version = wordFor(EXCHANGE_VERSIONS, row.exchangeversion);
  const tenantId = textIn(row, 'exchangeonlinetenantid');
  return {
    id: idOf(keyIn(row, 'emailserverprofileid') ?? ''),
    organizationId: around.organizationId,
    name: textIn(row, 'name') ?? '',
    serverType,
    ...(serverType === 'exchange-server' && version !== undefined && { exchangeVersion: version }),
    ...(serverType === 'exchange-online' && tenantId !== null && { tenantId }),
    ...endpointsOf(row, serverType),
    ...credentialsOf(row, serverType),
    autodiscover: flagIn(row, 'useautodiscover') ?? false,
    impersonation: flagIn(row, 'incominguseimpersonation') ?? false,
    ownerId: around.ownerId,
    majorEventsToOwner: flagIn(row, 'sendemailalert') ?? false,
    replica: false,
  };
}

/**
 * Which value the profile has that Dynamics 365 makes itself, "Microsoft Exchange Online", is not
 * documented: server to server is the way into Exchange Online and into nothing else.
 */
export function serverTypeIn(row: RowValues): ServerType {
  const type = wordFor(SERVER_TYPES, row.servertype) ?? 'exchange-server';
  if (type !== 'exchange-server') return type;
  const source = wordFor(CREDENTIAL_SOURCES, row.incomingcredentialretrieval);
  const host = urlOf(locationOf(row))?.hostname ?? '';
  return source === 'server-to-server' || mailServiceAt(host) === 'exchange-online'
    ? 'exchange-online'
    : type;
}

function credentialsOf(
  row: RowValues,
  serverType: ServerType,
): Pick<EmailServerProfile, 'credentialSource' | 'outgoingCredentialSource'> {
  const usual: CredentialSource = serverType === 'exchange-online' ? 'server-to-server' : 'profile';
  const credentialSource = wordFor(CREDENTIAL_SOURCES, row.incomingcredentialretrieval) ?? usual;
  const outgoing = wordFor(CREDENTIAL_SOURCES, row.outgoingcredentialretrieval);
  const ownSettings = flagIn(row, 'usesamesettingsforoutgoingconnections') === false;
  return ownSettings && outgoing !== undefined && outgoing !== 'server-to-server'
    ? { credentialSource, outgoingCredentialSource: outgoing }
    : { credentialSource };
}

type Endpoints = Pick<EmailServerProfile, 'incoming' | 'outgoing' | 'location'>;

function endpointsOf(row: RowValues, serverType: ServerType): Endpoints {
  if (serverType === 'pop3-smtp' || serverType === 'imap-smtp') {
    return {
      incoming: mailEndpoint(row, 'incoming', serverType === 'pop3-smtp' ? POP3 : IMAP),
      outgoing: mailEndpoint(row, 'outgoing', SMTP),
    };
  }
  const named = flagIn(row, 'useautodiscover') === true ? null : urlOf(locationOf(row));
  const usual = serverType === 'exchange-online' ? EXCHANGE_ONLINE : ANY_DOMAIN;
  const endpoint = webEndpoint(named ?? new URL(usual));
  return {
    incoming: endpoint,
    outgoing: endpoint,
    ...(serverType === 'exchange-server' && named !== null && { location: named.href }),
  };
}

function locationOf(row: RowValues): string | null {
  return textIn(row, 'incomingserverlocation') ?? textIn(row, 'defaultserverlocation');
}

function urlOf(location: string | null): URL | null {
  const url = location === null || !URL.canParse(location) ? null : new URL(location);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') ? url : null;
}

function webEndpoint({ protocol: scheme, hostname, port }: URL): Endpoint {
  const encrypted = scheme === 'https:';
  return {
    protocol: 'ews',
    host: hostname,
    port: port === '' ? (encrypted ? 443 : 80) : Number(port),
    tls: encrypted ? 'implicit' : 'none',
  };
}

function mailEndpoint(
  row: RowValues,
  side: 'incoming' | 'outgoing',
  { protocol, encryptedPort, plainPort }: Side,
): Endpoint {
  const encrypted = flagIn(row, `${side}usessl`) ?? true;
  const port = numberIn(row, `${side}portnumber`) ?? (encrypted ? encryptedPort : plainPort);
  return { protocol, host: hostOf(row, side), port, tls: tlsOf(encrypted, port) };
}

/** `usessl` says only that the session is encrypted; on which ports from the first byte is a rule. */
function tlsOf(encrypted: boolean, port: number): TlsMode {
  if (!encrypted) return 'none';
  return IMPLICIT_PORTS.includes(port) ? 'implicit' : 'starttls';
}

/** A host stands there, but also `ssl://host:995` has been seen in columns of free text. */
function hostOf(row: RowValues, side: 'incoming' | 'outgoing'): string {
  const written =
    textIn(row, `${side}serverlocation`) ?? textIn(row, 'defaultserverlocation') ?? '';
  const [, host = written] = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/:\s]+)/i.exec(written) ?? [];
  return host.toLowerCase();
}
