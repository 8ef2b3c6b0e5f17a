import type { Stage } from '../../../services/domain/failure.ts';
import type { Protocol } from '../../../services/domain/profile.ts';
import { HttpRefusal } from '../../../services/probes/http-refusal.ts';
import { Pop3Refusal } from '../../../services/probes/pop3-client.ts';
import { ProtocolError } from '../../../services/probes/protocol-error.ts';

/** Number of the row in the error table of the reference, scenario, error, and what it means. */
export type ErrorRow = readonly [
  id: string,
  protocol: Protocol,
  stage: Stage,
  error: object,
  expected: string,
];

/** nodemailer 10: the server's reply, or the cause of a lost connection in `originalCode`. */
const smtp = (code: string, response: string, command = 'AUTH PLAIN'): object => ({
  code,
  response,
  responseCode: Number(response.slice(0, 3)),
  command,
});
const lost = (originalCode: string): object => ({ code: 'ESOCKET', originalCode, command: 'CONN' });
/** imapflow 2. */
const imap = (
  serverResponseCode: string | null,
  responseText: string,
  isSignIn = true,
): object => ({
  responseStatus: 'NO',
  responseText,
  ...(serverResponseCode !== null && { serverResponseCode }),
  ...(isSignIn && { authenticationFailed: true }),
});
const bye = (text: string): object => new ProtocolError('ERROR_REPLY', { reply: `* BYE ${text}` });
const greeted = (text: string): object => new ProtocolError('ERROR_REPLY', { reply: text });
const pop3 = (reply: string): object => new Pop3Refusal(reply);
const own = (code: string, reply?: string): object =>
  new ProtocolError(code, reply === undefined ? {} : { reply });
const system = (code: string): object => Object.assign(new Error(code), { code });

const http = (status: number, codes: readonly string[], waitMs: number | null = null): object =>
  new HttpRefusal(status, codes, 'words that change', waitMs);

/** Exchange says the same thing as a SOAP fault and inside a good answer. */
const ews = (codes: readonly string[], expected: string): readonly ErrorRow[] =>
  codes.flatMap((code) =>
    [500, 200].map(
      (status) => [`E ${code}`, 'ews', 'authorise', http(status, [code]), expected] as const,
    ),
  );

/** A fault of the network or of TLS reads the same in all three protocols. */
const everywhere = (
  id: string,
  stage: Stage,
  error: object,
  expected: string,
): readonly ErrorRow[] =>
  (['smtp', 'imap', 'pop3'] as const).map((protocol) => [id, protocol, stage, error, expected]);

// biome-ignore format: a table is read line by line
export const ERROR_ROWS: readonly ErrorRow[] = [
  ['01 wrong password', 'smtp', 'authenticate', smtp('EAUTH', '535 5.7.8 Error: authentication failed: (reason unavailable)'), 'credentials-rejected permanent mailbox confirm'],
  ['01 wrong password', 'imap', 'authenticate', imap('AUTHENTICATIONFAILED', 'Authentication failed.'), 'credentials-rejected permanent mailbox'],
  ['01 wrong password', 'pop3', 'authenticate', pop3('-ERR [AUTH] Authentication failed.'), 'credentials-rejected permanent mailbox'],
  ['03 account disabled', 'imap', 'authenticate', imap('CONTACTADMIN', 'Account_disabled'), 'account-disabled permanent mailbox'],
  ['03 account disabled', 'pop3', 'authenticate', pop3('-ERR [AUTH] Account_disabled'), 'account-disabled permanent mailbox'],
  ['05 sign-in service down', 'imap', 'authenticate', imap('UNAVAILABLE', 'Temporary authentication failure. [host:2026]'), 'server-unavailable transient profile'],
  ['05 sign-in service down', 'pop3', 'authenticate', pop3('-ERR [SYS/TEMP] Temporary authentication failure. [host]'), 'server-unavailable transient profile'],
  ['05 sign-in service down, older postfix', 'smtp', 'authenticate', smtp('EAUTH', '535 5.7.8 Error: authentication failed: Connection lost to authentication server'), 'credentials-rejected permanent mailbox confirm'],
  ['06 store broken', 'imap', 'authorise', imap('SERVERBUG', 'Internal error occurred.', false), 'mailbox-store-broken transient mailbox'],
  ['06 store broken', 'pop3', 'authenticate', pop3('-ERR [SYS/TEMP] Failed to create POP3 session lock.'), 'mailbox-store-broken transient mailbox'],
  ['06 server bug before sign-in', 'imap', 'authenticate', imap('SERVERBUG', 'Internal error occurred.'), 'server-unavailable transient profile'],

  ...everywhere('10 port refused', 'connect', system('ECONNREFUSED'), 'connection-refused transient profile'),
  ['10 port refused, by nodemailer', 'smtp', 'connect', lost('ECONNREFUSED'), 'connection-refused transient profile'],
  ...everywhere('11 SYN dropped', 'connect', own('DEADLINE'), 'timeout transient profile'),
  ...everywhere('11 SYN dropped, by the system', 'connect', system('ETIMEDOUT'), 'timeout transient profile'),
  ...everywhere('12 accepts and is silent', 'greeting', own('DEADLINE'), 'timeout transient profile'),
  ...everywhere('13 silent where TLS is expected', 'tls', own('DEADLINE'), 'timeout transient profile'),
  ...everywhere('14 no such host', 'resolve', system('ENOTFOUND'), 'host-not-found permanent profile confirm'),
  ['14 no such host, by nodemailer', 'smtp', 'resolve', { code: 'EDNS', originalCode: 'ENOTFOUND' }, 'host-not-found permanent profile confirm'],
  ...everywhere('14 resolver out of order', 'resolve', system('EAI_AGAIN'), 'host-not-found transient profile'),

  ...everywhere('20 untrusted authority', 'tls', own('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'certificate-untrusted permanent profile'),
  ...everywhere('21 self-signed', 'tls', own('DEPTH_ZERO_SELF_SIGNED_CERT'), 'certificate-untrusted permanent profile'),
  ...everywhere('22 expired', 'tls', own('CERT_HAS_EXPIRED'), 'certificate-expired permanent profile'),
  ...everywhere('22 not yet valid', 'tls', own('CERT_NOT_YET_VALID'), 'certificate-expired permanent profile not-yet-valid'),
  ...everywhere('23 wrong host name', 'tls', own('ERR_TLS_CERT_ALTNAME_INVALID'), 'certificate-wrong-host permanent profile'),
  ['23 wrong host name, by nodemailer', 'smtp', 'tls', lost('ERR_TLS_CERT_ALTNAME_INVALID'), 'certificate-wrong-host permanent profile'],
  ...everywhere('24 TLS on a plain port', 'tls', system('ERR_SSL_WRONG_VERSION_NUMBER'), 'wrong-protocol permanent profile not-this-protocol'),
  ['26 STARTTLS not offered', 'smtp', 'tls', own('TLS_NOT_OFFERED', '502 5.5.1 Error: command not implemented'), 'tls-unavailable permanent profile'],
  ['26 STARTTLS not offered', 'imap', 'tls', { message: 'Server does not support STARTTLS', tlsFailed: true }, 'tls-unavailable permanent profile'],
  ['26 STARTTLS not offered', 'pop3', 'tls', own('TLS_NOT_OFFERED'), 'tls-unavailable permanent profile'],
  ['26 STARTTLS out of order (RFC 3207)', 'smtp', 'tls', own('TLS_NOT_OFFERED', '454 4.7.0 TLS not available due to local problem'), 'tls-unavailable transient profile'],
  ['27 STARTTLS, wrong host name', 'imap', 'tls', { code: 'ERR_TLS_CERT_ALTNAME_INVALID', tlsFailed: true, reason: 'IP: 127.0.0.3' }, 'certificate-wrong-host permanent profile'],
  ['28 data before TLS', 'pop3', 'tls', own('TLS_INJECTION'), 'tls-unavailable permanent profile may-be-attacked'],
  ['28 data before TLS', 'imap', 'tls', { code: 'STARTTLS_INJECTION', tlsFailed: true }, 'tls-unavailable permanent profile may-be-attacked'],
  ['29 demands TLS', 'smtp', 'authenticate', smtp('EAUTH', '503 5.5.1 Error: authentication not enabled'), 'tls-required permanent profile'],
  ['29 demands TLS', 'imap', 'authenticate', { message: 'Login is disabled', authenticationFailed: true }, 'tls-required permanent profile'],
  ['29 demands TLS', 'imap', 'authenticate', imap('PRIVACYREQUIRED', 'Start TLS first'), 'tls-required permanent profile'],
  ['29 demands TLS', 'pop3', 'authenticate', pop3('-ERR [AUTH] Plaintext authentication disallowed on non-secure (SSL/TLS) connections.'), 'tls-required permanent profile'],
  ['29 demands TLS', 'smtp', 'authorise', smtp('EENVELOPE', '530 5.7.0 Must issue a STARTTLS command first', 'MAIL FROM'), 'tls-required permanent profile'],
  ...everywhere('2a only TLS 1.1', 'tls', system('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION'), 'tls-version permanent profile'),
  ...everywhere('2b wants a client certificate', 'greeting', system('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'), 'unsupported-configuration permanent profile client-certificate-wanted'),

  ...everywhere('30 FIN at accept', 'greeting', own('CONNECTION_CLOSED'), 'connection-lost transient profile'),
  ...everywhere('31 RST at accept', 'greeting', system('ECONNRESET'), 'connection-lost transient profile'),
  ['32 FIN after greeting', 'imap', 'authenticate', { code: 'ClosedAfterConnectText' }, 'connection-lost transient profile'],
  ['33 FIN at sign-in', 'smtp', 'authenticate', { code: 'ECONNECTION', command: 'CONN' }, 'connection-lost transient profile'],
  ...everywhere('34 RST at sign-in', 'authenticate', lost('ECONNRESET'), 'connection-lost transient profile'),
  ['35 silent at sign-in', 'smtp', 'authenticate', own('DEADLINE'), 'timeout transient profile'],
  ['35 silent at sign-in', 'imap', 'authenticate', own('DEADLINE'), 'timeout transient profile'],
  ['35 silent at sign-in', 'pop3', 'authenticate', own('DEADLINE'), 'timeout transient mailbox mailbox-may-be-locked'],
  ['36 silent after sign-in', 'imap', 'authorise', { code: 'NoConnection', command: 'SELECT' }, 'connection-lost transient profile'],
  ['36 silent after sign-in', 'pop3', 'exchange', own('DEADLINE'), 'timeout transient profile'],

  ['40 greeting refuses for now', 'smtp', 'greeting', greeted('421 4.3.2 Service not available, too many connections'), 'server-busy transient profile'],
  ['40 greeting refuses for now', 'imap', 'greeting', bye('Too many connections, try later'), 'server-busy transient profile'],
  ['40 greeting refuses for now', 'pop3', 'greeting', pop3('-ERR [SYS/TEMP] Too many connections, try later'), 'server-busy transient profile'],
  ['40 service not up yet', 'imap', 'greeting', bye('[UNAVAILABLE] Starting'), 'server-unavailable transient profile'],
  ['41 greeting refuses for good', 'smtp', 'greeting', greeted('554 5.7.1 Your IP is blocked'), 'server-refused permanent profile'],
  ['41 greeting refuses for good', 'imap', 'greeting', bye('Access denied'), 'server-refused transient profile'],
  ['41 greeting refuses for good', 'pop3', 'greeting', pop3('-ERR [SYS/PERM] Access denied'), 'server-refused permanent profile'],
  ...everywhere('42 another protocol', 'greeting', own('NOT_THIS_PROTOCOL', 'HTTP/1.1 400 Bad Request'), 'wrong-protocol permanent profile not-this-protocol'),

  ['50 SMTP AUTH switched off', 'smtp', 'authenticate', smtp('EAUTH', '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.'), 'authentication-disabled permanent mailbox smtp-auth-switched-off'],
  ['50 basic authentication gone', 'smtp', 'authorise', smtp('EENVELOPE', '550 5.7.30 Basic authentication is not supported for Client Submission', 'MAIL FROM'), 'authentication-disabled permanent mailbox smtp-auth-switched-off'],
  ['50 not signed in', 'smtp', 'authorise', smtp('EENVELOPE', '530 5.7.57 Client not authenticated to send mail', 'MAIL FROM'), 'authentication-disabled permanent mailbox smtp-auth-switched-off'],
  ['50 Exchange Online', 'imap', 'authenticate', imap(null, 'LOGIN failed.'), 'credentials-rejected permanent mailbox'],
  ['50 Exchange Online', 'pop3', 'authenticate', pop3('-ERR Logon failure: unknown user name or bad password.'), 'credentials-rejected permanent mailbox'],
  ['51 Gmail', 'smtp', 'authenticate', smtp('EAUTH', '534-5.7.9 Application-specific password required.\n534 5.7.9  https://support.google.com/mail'), 'credentials-rejected permanent mailbox application-password'],
  ['51 Gmail', 'imap', 'authenticate', imap('ALERT', 'Application-specific password required: https://support.google.com (Failure)'), 'credentials-rejected permanent mailbox application-password'],
  ['51 Gmail', 'pop3', 'authenticate', pop3('-ERR [AUTH] Username and password not accepted.'), 'credentials-rejected permanent mailbox'],
  ['51 Gmail, password named', 'smtp', 'authenticate', smtp('EAUTH', '535-5.7.8 Username and Password not accepted.'), 'credentials-rejected permanent mailbox'],
  ['52 sign-in service down', 'smtp', 'authenticate', smtp('EAUTH', '454 4.7.0 Temporary authentication failure'), 'server-unavailable transient profile'],
  ['53 throttled', 'smtp', 'authenticate', smtp('EAUTH', '432 4.3.2 Concurrent connections limit exceeded.'), 'server-busy transient mailbox'],
  ['53 throttled', 'imap', 'authenticate', { code: 'ETHROTTLE', responseText: 'Request is throttled.', throttleReset: 1000 }, 'server-busy transient mailbox wait=1000'],
  ['53 throttled', 'pop3', 'authenticate', pop3('-ERR Command is not valid in this state.'), 'server-unavailable transient profile'],
  ['54 in use', 'imap', 'authorise', imap('INUSE', 'Mailbox in use', false), 'mailbox-locked transient mailbox'],
  ['54 limit per user', 'imap', 'authenticate', imap('LIMIT', 'Maximum number of connections from user+IP exceeded'), 'server-busy transient mailbox'],
  ['54 in use', 'pop3', 'authenticate', pop3('-ERR [IN-USE] Mailbox is locked by another POP3 session'), 'mailbox-locked transient mailbox'],
  ['54 login delay', 'pop3', 'authenticate', pop3('-ERR [LOGIN-DELAY] minimum time between mail checks violation'), 'server-busy transient mailbox'],
  ['55 password expired', 'smtp', 'authenticate', smtp('EAUTH', '535 5.7.8 Error: password expired'), 'password-expired permanent mailbox'],
  ['55 password expired', 'imap', 'authenticate', imap('EXPIRED', 'Password expired'), 'password-expired permanent mailbox'],
  ['55 password expired', 'pop3', 'authenticate', pop3('-ERR [AUTH] Password expired'), 'password-expired permanent mailbox'],
  ['61b limit per user', 'pop3', 'authenticate', pop3('-ERR [IN-USE] Maximum number of connections from user+IP exceeded'), 'server-busy transient mailbox'],
  ['63 over quota', 'imap', 'exchange', imap('OVERQUOTA', 'Quota exceeded', false), 'quota-exceeded permanent mailbox'],
  ['6b no such folder', 'imap', 'authorise', imap(null, "Mailbox doesn't exist: Nope", false), 'folder-missing permanent mailbox'],
  ['6c lost while sending', 'smtp', 'exchange', lost('ECONNRESET'), 'connection-lost transient profile may-have-been-delivered'],
  ['G1 wrong client secret', 'graph', 'authenticate', http(401, ['invalid_client']), 'credentials-rejected permanent profile'],
  ['G2 application not in the tenant', 'graph', 'authenticate', http(400, ['unauthorized_client']), 'permission-denied permanent profile'],
  ['G3 no such tenant', 'graph', 'authenticate', http(400, ['invalid_request']), 'unsupported-configuration permanent profile'],
  ['G4 token service busy', 'graph', 'authenticate', http(429, ['too_many_requests'], 5000), 'server-busy transient profile wait=5000'],
  ['G5 token refused twice', 'graph', 'authorise', http(401, ['InvalidAuthenticationToken']), 'credentials-rejected permanent profile'],
  ['G6 application access policy', 'graph', 'authorise', http(403, ['ErrorAccessDenied']), 'permission-denied permanent mailbox policy-takes-an-hour'],
  ['G7 consent missing', 'graph', 'authorise', http(403, ['Authorization_RequestDenied']), 'permission-denied permanent profile'],
  ['G8 mailbox on premises or without licence', 'graph', 'authorise', http(404, ['MailboxNotEnabledForRESTAPI']), 'mailbox-not-found permanent mailbox use-exchange-server'],
  ['G9 no such user', 'graph', 'authorise', http(404, ['ErrorInvalidUser']), 'mailbox-not-found permanent mailbox'],
  ['G10 folder gone', 'graph', 'exchange', http(404, ['ErrorItemNotFound']), 'folder-missing permanent mailbox'],
  ['G11 mailbox throttled', 'graph', 'exchange', http(429, ['ApplicationThrottled'], 7000), 'server-busy transient mailbox wait=7000'],
  ['G12 telling code inside', 'graph', 'exchange', http(400, ['BadRequest', 'ErrorQuotaExceeded']), 'quota-exceeded permanent mailbox'],
  ['G13 service out of order', 'graph', 'exchange', http(503, [], 30000), 'server-unavailable transient profile wait=30000'],
  ['G14 over quota', 'graph', 'exchange', http(507, ['quotaLimitReached']), 'quota-exceeded permanent mailbox'],
  ['G15 a login page', 'graph', 'authorise', http(302, []), 'wrong-protocol permanent profile not-this-protocol'],
  ['E1 wrong password, any stage', 'ews', 'authenticate', http(401, []), 'credentials-rejected permanent mailbox'],
  ['E1 wrong password later', 'ews', 'exchange', http(401, []), 'credentials-rejected permanent mailbox'],
  ['E2 another way to sign in wanted', 'ews', 'authenticate', http(401, ['sign-in-not-offered']), 'authentication-disabled permanent mailbox'],
  ['E3 web services switched off', 'ews', 'authorise', http(403, []), 'permission-denied permanent mailbox'],
  ...ews(['ErrorAccessDenied', 'ErrorImpersonateUserDenied', 'ErrorImpersonationDenied', 'ErrorSendAsDenied'], 'permission-denied permanent mailbox'),
  ...ews(['ErrorNonExistentMailbox', 'ErrorInvalidSmtpAddress', 'ErrorMailboxConfiguration', 'ErrorMailRecipientNotFound', 'ErrorNonPrimarySmtpAddress'], 'mailbox-not-found permanent mailbox'),
  ...ews(['ErrorAccountDisabled'], 'account-disabled permanent mailbox'),
  ...ews(['ErrorPasswordExpired', 'ErrorPasswordChangeRequired'], 'password-expired permanent mailbox'),
  ...ews(['ErrorMailboxLogonFailed'], 'credentials-rejected permanent mailbox'),
  ...ews(['ErrorFolderNotFound'], 'folder-missing permanent mailbox'),
  ...ews(['ErrorQuotaExceeded'], 'quota-exceeded permanent mailbox'),
  ...ews(['ErrorServerBusy', 'ErrorExceededConnectionCount', 'ErrorInsufficientResources'], 'server-busy transient profile'),
  ...ews(['ErrorMailboxStoreUnavailable', 'ErrorMailboxFailover'], 'mailbox-store-broken transient mailbox'),
  ...ews(['ErrorMailboxMoveInProgress'], 'mailbox-locked transient mailbox'),
  ...ews(['ErrorConnectionFailed', 'ErrorTimeoutExpired', 'ErrorInternalServerTransientError', 'ErrorInternalServerError', 'ErrorADUnavailable', 'ErrorNoRespondingCASInDestinationSite'], 'server-unavailable transient profile'),
  ...ews(['ErrorInvalidServerVersion', 'ErrorSchemaValidation', 'ErrorInvalidRequest'], 'unsupported-configuration permanent profile'),
  ...ews(['ErrorInvalidSyncStateData'], 'unknown transient mailbox'),
  ['E4 throttled', 'ews', 'authorise', http(500, ['ErrorServerBusy'], 7000), 'server-busy transient profile wait=7000'],
  ['E5 a fault that nobody has listed', 'ews', 'authorise', http(500, ['ErrorNew']), 'server-unavailable transient profile'],
  ['E6 refused for a folder, nobody has listed why', 'ews', 'authorise', http(200, ['ErrorNew']), 'unknown transient profile'],
  ['E7 no web services at this address', 'ews', 'authenticate', http(404, []), 'location-undetermined permanent profile'],
  ['E8 a login page', 'ews', 'authenticate', http(302, []), 'wrong-protocol permanent profile not-this-protocol'],
  ['E8 a web page', 'ews', 'authenticate', own('NOT_THIS_PROTOCOL', 'Outlook'), 'wrong-protocol permanent profile not-this-protocol'],
  ['E9 web server out of order', 'ews', 'authenticate', http(503, [], 30000), 'server-unavailable transient profile wait=30000'],
  ['E9 gateway waited in vain', 'ews', 'exchange', http(504, []), 'timeout transient profile'],
  ['E9 too many requests', 'ews', 'exchange', http(429, []), 'server-busy transient profile'],
  ['E10 not understood', 'ews', 'exchange', http(415, []), 'unsupported-configuration permanent profile'],
  ['E11 expired certificate', 'ews', 'tls', own('CERT_HAS_EXPIRED'), 'certificate-expired permanent profile'],
  ['D500 no such address', 'ews', 'resolve', http(200, ['autodiscover-500']), 'mailbox-not-found permanent mailbox'],
  ['D501 bad address', 'ews', 'resolve', http(200, ['autodiscover-501']), 'mailbox-not-found permanent mailbox'],
  ['D602 bad address', 'ews', 'resolve', http(200, ['autodiscover-602']), 'mailbox-not-found permanent mailbox'],
  ['D600 invalid request', 'ews', 'resolve', http(200, ['autodiscover-600']), 'unsupported-configuration permanent profile'],
  ['D601 no provider', 'ews', 'resolve', http(200, ['autodiscover-601']), 'location-undetermined permanent profile'],
  ['D603 internal', 'ews', 'resolve', http(200, ['autodiscover-603']), 'server-unavailable transient profile'],
  ['D no user in version 2', 'ews', 'resolve', http(200, ['autodiscover-UserNotFound']), 'mailbox-not-found permanent mailbox'],
  ['D no EWS in version 2', 'ews', 'resolve', http(200, ['autodiscover-InvalidProtocol']), 'location-undetermined permanent profile'],
  ['D a code that nobody has listed', 'ews', 'resolve', http(200, ['autodiscover-777']), 'location-undetermined permanent profile'],
  ['D401 once', 'ews', 'authenticate', http(401, ['autodiscover-one-401']), 'credentials-rejected permanent mailbox confirm'],
  ['D401 several times', 'ews', 'authenticate', http(401, []), 'credentials-rejected permanent mailbox'],
  ['D nothing found', 'ews', 'resolve', own('AUTODISCOVER_FAILED'), 'location-undetermined permanent profile confirm'],
  ['D going round', 'ews', 'resolve', own('AUTODISCOVER_LOOP'), 'location-undetermined permanent profile'],
  ['D only strangers answer', 'ews', 'resolve', own('AUTODISCOVER_FOREIGN'), 'location-undetermined permanent profile'],
  ['D one did not answer', 'ews', 'resolve', own('AUTODISCOVER_UNREACHED'), 'location-undetermined transient profile'],
  ['70 no credentials', 'pop3', 'authenticate', own('NO_CREDENTIALS'), 'credentials-missing permanent mailbox'],
  ['71 clear text refused by us', 'imap', 'tls', own('INSECURE_CHANNEL'), 'insecure-channel-refused permanent profile'],
  ['72 a fault of our own', 'imap', 'exchange', new TypeError('x is undefined'), 'unknown transient profile'],
];

/** What a sent message meets: the same reply means the mailbox in a test, and the message otherwise. */
// biome-ignore format: a table is read line by line
export const MESSAGE_ROWS: readonly (readonly [
  id: string,
  error: object,
  test: string,
  send: string,
])[] = [
  ['62 over quota', smtp('EENVELOPE', '552 5.2.2 Mailbox full', 'RCPT TO'), 'quota-exceeded permanent mailbox', 'quota-exceeded permanent email'],
  ['62 over quota for now', smtp('EENVELOPE', '452 4.2.2 Mailbox full', 'RCPT TO'), 'quota-exceeded transient mailbox', 'quota-exceeded transient email'],
  ['65 recipient unknown', smtp('EENVELOPE', '550 5.1.1 <ghost@example.test>: Recipient address rejected', 'RCPT TO'), 'mailbox-not-found permanent mailbox', 'recipient-rejected permanent email'],
  ['66 greylisted', smtp('EENVELOPE', '450 4.7.1 <g@example.test>: Recipient address rejected: Greylisted', 'RCPT TO'), 'recipient-rejected transient mailbox', 'recipient-rejected transient email'],
  ['67 blocked recipient', smtp('EENVELOPE', '554 5.7.1 <b@example.test>: Rejected by policy', 'RCPT TO'), 'recipient-rejected permanent mailbox', 'recipient-rejected permanent email'],
  ['69 too big', smtp('EMESSAGE', '552 5.3.4 Error: message file too big', 'DATA'), 'message-too-large permanent mailbox', 'message-too-large permanent email'],
  ['69 too big, by the announced size', { code: 'EMESSAGE', command: 'MAIL FROM' }, 'message-too-large permanent mailbox', 'message-too-large permanent email'],
  ['6a one of two recipients refused', new ProtocolError('PARTLY_DELIVERED', { reply: '450 4.7.1 Greylisted' }), 'recipient-rejected permanent email partly-delivered', 'recipient-rejected permanent email partly-delivered'],
  ['6e may not send as', smtp('EENVELOPE', '550 5.7.60 SMTP; Client does not have permissions to send as this sender', 'MAIL FROM'), 'permission-denied permanent mailbox', 'permission-denied permanent mailbox'],
  ['6e may not send as, at the end', smtp('EMESSAGE', '554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException', 'DATA'), 'permission-denied permanent mailbox', 'permission-denied permanent mailbox'],
];

/** The same for Exchange Web Services. */
// biome-ignore format: a table is read line by line
export const EXCHANGE_MESSAGE_ROWS: typeof MESSAGE_ROWS = [
  ['E message too big', http(200, ['ErrorMessageSizeExceeded']), 'message-too-large permanent mailbox', 'message-too-large permanent email'],
  ['E recipient unknown', http(200, ['ErrorInvalidRecipients']), 'mailbox-not-found permanent mailbox', 'recipient-rejected permanent email'],
  ['E lost while sending', system('ECONNRESET'), 'connection-lost transient profile', 'connection-lost transient profile may-have-been-delivered'],
  ['E no answer while sending', own('DEADLINE'), 'timeout transient profile', 'timeout transient profile may-have-been-delivered'],
];
