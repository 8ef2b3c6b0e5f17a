import { HttpRefusal } from '../../../services/probes/http-refusal.ts';
import { ProtocolError } from '../../../services/probes/protocol-error.ts';
import type { ErrorRow } from './error-rows.ts';

const http = (status: number, codes: readonly string[], waitMs: number | null = null): object =>
  new HttpRefusal(status, codes, 'words that change', waitMs);
const own = (code: string, reply?: string): object =>
  new ProtocolError(code, reply === undefined ? {} : { reply });

/** Exchange stands behind both: EWS says a code as a SOAP fault or in a good answer, Graph with a status. */
const exchange = (codes: readonly string[], expected: string): readonly ErrorRow[] =>
  codes.flatMap(
    (code) =>
      [
        [`X ${code}, fault`, 'ews', 'authorise', http(500, [code]), expected],
        [`X ${code}, response`, 'ews', 'exchange', http(200, [code]), expected],
        [`X ${code}, by Graph`, 'graph', 'exchange', http(400, ['BadRequest', code]), expected],
      ] as const,
  );

/** Tokens are asked for by Graph, and for Exchange Server with hybrid modern authentication. */
const entra = (codes: readonly string[], status: number, expected: string): readonly ErrorRow[] =>
  (['graph', 'ews'] as const).map(
    (protocol) =>
      [`T ${codes.join(' ')}`, protocol, 'authenticate', http(status, codes), expected] as const,
  );

// biome-ignore format: a table is read line by line
export const EXCHANGE_ROWS: readonly ErrorRow[] = [
  ...exchange(['ErrorCreateItemAccessDenied', 'ErrorImpersonationFailed', 'ErrorInvalidLicense'], 'permission-denied permanent mailbox'),
  ...exchange(['ErrorInvalidOperation', 'ErrorMissingEmailAddress', 'ErrorMissingInformationEmailAddress', 'ErrorNonExistentMailbox'], 'mailbox-not-found permanent mailbox'),
  ...exchange(['ErrorCallerIsInvalidADAccount'], 'credentials-rejected permanent mailbox'),
  ...exchange(['ErrorItemNotFound', 'ErrorNoCalendar'], 'folder-missing permanent mailbox'),
  ...exchange(['ErrorQuotaExceeded'], 'quota-exceeded permanent mailbox'),
  ...exchange(['ErrorSubmissionQuotaExceeded'], 'quota-exceeded transient mailbox'),
  ...exchange(['ErrorNotEnoughMemory', 'ErrorInsufficientResources', 'ErrorExceededConnectionCount'], 'server-busy transient profile'),
  ...exchange(['ErrorTooManyObjectsOpened'], 'server-busy transient mailbox'),
  ...exchange(['ErrorCorruptData', 'ErrorFolderCorrupt'], 'mailbox-store-broken transient mailbox'),
  ...exchange(['ErrorRequestAborted', 'ErrorADOperation', 'ErrorNoApplicableProxyCASServersAvailable', 'ErrorProxyCallFailed', 'ErrorProxyRequestProcessingFailed', 'ErrorProxyServiceDiscoveryFailed', 'ErrorProxyTokenExpired'], 'server-unavailable transient profile'),
  ...exchange(['ErrorCrossSiteRequest', 'ErrorProxyRequestNotAllowed', 'ErrorNoDestinationCASDueToVersionMismatch'], 'location-undetermined permanent mailbox'),
  ...exchange(['ErrorIncorrectSchemaVersion', 'ErrorInvalidSchemaVersionForMailboxVersion', 'ErrorInvalidExchangeImpersonationHeaderData'], 'unsupported-configuration permanent profile'),
  ...exchange(['ErrorIrresolvableConflict', 'ErrorBatchProcessingStopped'], 'unknown transient mailbox'),
  ['X busy in one mailbox', 'graph', 'exchange', http(503, ['ErrorServerBusy'], 4000), 'server-busy transient mailbox wait=4000'],

  ...entra(['invalid_client', 'AADSTS7000215'], 401, 'credentials-rejected permanent profile'),
  ...entra(['invalid_client', 'AADSTS7000222'], 401, 'password-expired permanent profile'),
  ...entra(['unauthorized_client', 'AADSTS700016'], 400, 'permission-denied permanent profile'),
  ...entra(['access_denied', 'AADSTS53003'], 403, 'permission-denied permanent profile'),
  ...entra(['interaction_required', 'AADSTS50076'], 400, 'permission-denied permanent profile'),
  ...entra(['invalid_grant'], 400, 'permission-denied permanent profile'),
  ...entra(['invalid_request', 'AADSTS90002'], 400, 'unsupported-configuration permanent profile'),
  ...entra(['invalid_scope', 'AADSTS70011'], 400, 'unsupported-configuration permanent profile'),
  ...entra(['invalid_resource', 'AADSTS500011'], 400, 'unsupported-configuration permanent profile'),
  ...entra(['unsupported_grant_type'], 400, 'unsupported-configuration permanent profile'),
  ...entra(['temporarily_unavailable', 'AADSTS90033'], 503, 'server-unavailable transient profile'),
  ...entra(['server_error'], 500, 'server-unavailable transient profile'),
  ...entra(['too_many_requests'], 429, 'server-busy transient profile'),
  ['T a number alone decides nothing', 'graph', 'authenticate', http(503, ['AADSTS7000222']), 'server-unavailable transient profile'],

  ['G token without a name', 'graph', 'authorise', http(401, []), 'credentials-rejected permanent profile'],
  ['G unauthenticated', 'graph', 'authorise', http(401, ['unauthenticated']), 'credentials-rejected permanent profile'],
  ['G mailbox not for REST', 'graph', 'authorise', http(404, ['MailboxNotSupportedForRESTAPI']), 'mailbox-not-found permanent mailbox use-exchange-server'],
  ['G refused without a name', 'graph', 'authorise', http(403, []), 'permission-denied permanent mailbox'],
  ['G refused in lower case', 'graph', 'authorise', http(403, ['accessDenied']), 'permission-denied permanent mailbox policy-takes-an-hour'],
  ...(['ResourceNotFound', 'Request_ResourceNotFound', 'ErrorNonExistentMailbox', 'nobody has listed it'] as const).map((code) => [`G 404 ${code}`, 'graph', 'authorise', http(404, [code]), 'mailbox-not-found permanent mailbox'] as const),
  ...(['activityLimitReached', 'TooManyRequests', 'nobody has listed it'] as const).map((code) => [`G 429 ${code}`, 'graph', 'exchange', http(429, [code], 3000), 'server-busy transient profile wait=3000'] as const),
  ['G gateway', 'graph', 'exchange', http(502, []), 'server-unavailable transient profile'],
  ['G gateway waited in vain', 'graph', 'exchange', http(504, [], 2000), 'timeout transient profile wait=2000'],
  ['G service out of order, named', 'graph', 'exchange', http(503, ['serviceNotAvailable']), 'server-unavailable transient profile'],
  ['G over quota without a name', 'graph', 'exchange', http(507, []), 'quota-exceeded permanent mailbox'],
  ['G not understood', 'graph', 'exchange', http(400, ['BadRequest']), 'unsupported-configuration permanent profile'],
  ['G no answer of Graph', 'graph', 'authorise', own('NOT_THIS_PROTOCOL', 'Sign in to the network'), 'wrong-protocol permanent profile not-this-protocol'],

  ...(['graph', 'ews'] as const).flatMap((protocol): readonly ErrorRow[] => [
    ['H a proxy wants a password', protocol, 'authenticate', http(407, []), 'server-refused permanent profile'],
    ['H the server gave up waiting', protocol, 'exchange', http(408, []), 'timeout transient profile'],
    ['H busy, with a wait', protocol, 'exchange', http(429, [], 90000), 'server-busy transient profile wait=90000'],
    ['H out of order, with a wait', protocol, 'exchange', http(503, [], 90000), 'server-unavailable transient profile wait=90000'],
    ['H the method is not implemented', protocol, 'authenticate', http(501, []), 'wrong-protocol permanent profile not-this-protocol'],
    ...[301, 302, 303, 307, 308].map((status) => ['H a redirect', protocol, 'authenticate', http(status, []), 'wrong-protocol permanent profile not-this-protocol'] as const),
    ['H expired certificate', protocol, 'tls', own('CERT_HAS_EXPIRED'), 'certificate-expired permanent profile'],
    ['H unknown authority', protocol, 'tls', own('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'certificate-untrusted permanent profile'],
    ['H wrong host name', protocol, 'tls', own('ERR_TLS_CERT_ALTNAME_INVALID'), 'certificate-wrong-host permanent profile'],
    ['H only old TLS', protocol, 'tls', Object.assign(new Error('x'), { code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' }), 'tls-version permanent profile'],
    ['H not TLS at all', protocol, 'tls', Object.assign(new Error('x'), { code: 'ERR_SSL_WRONG_VERSION_NUMBER' }), 'wrong-protocol permanent profile not-this-protocol'],
    ['H refused port', protocol, 'connect', Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'connection-refused transient profile'],
    ['H silence', protocol, 'exchange', own('DEADLINE'), 'timeout transient profile'],
    ['H cut', protocol, 'exchange', own('CONNECTION_CLOSED'), 'connection-lost transient profile'],
    ['H a code that objects inherit', protocol, 'exchange', http(503, ['constructor']), 'server-unavailable transient profile'],
  ]),
  ['H the method is not allowed', 'ews', 'authenticate', http(405, []), 'location-undetermined permanent profile'],
  ['H gone', 'ews', 'authenticate', http(410, []), 'location-undetermined permanent profile'],
  ['H the method is not allowed', 'graph', 'authorise', http(405, []), 'wrong-protocol permanent profile not-this-protocol'],
  ['D an answer that objects inherit', 'ews', 'resolve', http(200, ['toString']), 'unknown transient profile'],
];

/** What a message meets on its way: of the mailbox in a test, of the message when sending. */
// biome-ignore format: a table is read line by line
export const GRAPH_MESSAGE_ROWS: readonly (readonly [id: string, error: object, test: string, send: string])[] = [
  ['G message too big', http(413, []), 'message-too-large permanent mailbox', 'message-too-large permanent email'],
  ['G message too big, named', http(400, ['ErrorMessageSizeExceeded']), 'message-too-large permanent mailbox', 'message-too-large permanent email'],
  ['G recipient unknown', http(400, ['ErrorInvalidRecipients']), 'mailbox-not-found permanent mailbox', 'recipient-rejected permanent email'],
  ['G lost while sending', own('ECONNRESET'), 'connection-lost transient profile', 'connection-lost transient profile may-have-been-delivered'],
  ['G no answer while sending', own('DEADLINE'), 'timeout transient profile', 'timeout transient profile may-have-been-delivered'],
];
