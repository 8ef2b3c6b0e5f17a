import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAILURE_REASONS, HINTS, STAGES } from '../../../services/domain/failure.ts';
import { classify } from '../../../services/probes/classify/classify.ts';
import { type Circumstances, symptomOf } from '../../../services/probes/classify/symptom.ts';
import { Pop3Refusal } from '../../../services/probes/pop3-client.ts';
import { ProtocolError } from '../../../services/probes/protocol-error.ts';

const base: Circumstances = {
  protocol: 'smtp',
  stage: 'authenticate',
  purpose: 'test',
  tls: 'implicit',
  port: 0,
};

function verdictOf(rest: Partial<Circumstances>, error: unknown): string {
  const { reason, nature, scope, needsConfirmation, hint } = classify(
    symptomOf({ ...base, ...rest }, error),
  );
  const extra = needsConfirmation ? ['confirm'] : hint ? [hint] : [];
  return [reason, nature, scope, ...extra].join(' ');
}

/** As nodemailer throws them. */
const atSignIn = (response: string): object => ({
  code: 'EAUTH',
  response,
  responseCode: Number(response.slice(0, 3)),
  command: 'AUTH PLAIN',
});
const at = (code: string, command: string, response: string): object => ({
  code,
  response,
  responseCode: Number(response.slice(0, 3)),
  command,
});
/** As imapflow throws them: the code in brackets is taken out of the text. */
const imap = (reply: string, isSignIn = true): object => {
  const [, code, text] = /^(?:\[([^\]]+)\] )?(.*)$/.exec(reply) ?? [];
  return {
    responseStatus: 'NO',
    responseText: text,
    ...(code !== undefined && { serverResponseCode: code }),
    ...(isSignIn && { authenticationFailed: true }),
  };
};

const REJECTED = 'credentials-rejected permanent mailbox';
const OFF = 'authentication-disabled permanent mailbox';
const BUSY = 'server-busy transient mailbox';
const DOWN = 'server-unavailable transient profile';

// biome-ignore format: a table is read line by line
const SMTP_SIGN_IN: readonly (readonly [reply: string, expected: string])[] = [
  ['535 5.7.139 Authentication unsuccessful, the user credentials were incorrect. [DM6P]', REJECTED],
  ['535 5.7.139 Authentication unsuccessful, basic authentication is disabled.', `${OFF} sign-in-policy`],
  ['535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.', `${OFF} smtp-auth-switched-off`],
  ['535 5.7.139 Authentication unsuccessful, user is locked by your organization\'s security defaults policy.', `${OFF} sign-in-policy`],
  ['535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully.', `${OFF} sign-in-policy`],
  ['535 5.7.3 Authentication unsuccessful', `${REJECTED} confirm`],
  ['504 5.7.4 Unrecognized authentication type', 'unsupported-configuration permanent profile'],
  ['535-5.7.8 Username and Password not accepted. For more information, go to\n535 5.7.8  https://support.google.com/mail/?p=BadCredentials', REJECTED],
  ['534-5.7.14 Please log in via your web browser and then try again.', `${REJECTED} application-password`],
  ['534-5.7.9 Application-specific password required.', `${REJECTED} application-password`],
  ['454 4.7.0 Too many login attempts, please try again later.', BUSY],
  ['454 4.7.0 Cannot authenticate due to temporary system problem.', DOWN],
  ['421 4.3.0 Temporary System Problem. Try again later.', 'server-busy transient profile'],
  ['421 4.4.2 Connection dropped due to SocketError', 'connection-lost transient profile'],
  ['432 4.3.2 Concurrent connections limit exceeded.', BUSY],
  ['535 5.7.0 (#MBR1212) Incorrect username or password.', REJECTED],
  ['535 5.7.0 (#AUTH005) Too many bad auth attempts.', BUSY],
  ['525 5.7.13 User account disabled', 'account-disabled permanent mailbox'],
  ['535 5.7.8 Account has been locked after failed attempts', 'account-disabled permanent mailbox'],
  ['432 4.7.12 A password transition is needed', BUSY],
  ['538 5.7.11 Encryption required for requested authentication mechanism', 'tls-required permanent profile'],
  ['500 5.5.6 Authentication exchange line is too long', 'unsupported-configuration permanent profile'],
  ['554 5.7.0 whatever nobody has listed', `${REJECTED} confirm`],
];

// biome-ignore format: a table is read line by line
const SMTP_ENVELOPE: readonly (readonly [command: string, reply: string, test: string, send: string])[] = [
  ['MAIL FROM', '530 5.7.57 Client not authenticated to send mail.', `${OFF} smtp-auth-switched-off`, `${OFF} smtp-auth-switched-off`],
  ['MAIL FROM', '550 5.1.8 Access denied, bad outbound sender', 'server-refused permanent mailbox', 'server-refused permanent mailbox'],
  ['MAIL FROM', '550 5.7.60 SMTP; Client does not have permissions to send as this sender', 'permission-denied permanent mailbox', 'permission-denied permanent mailbox'],
  ['MAIL FROM', '552 5.3.4 Message size exceeds fixed maximum message size', 'message-too-large permanent mailbox', 'message-too-large permanent email'],
  ['MAIL FROM', '452 4.3.1 Insufficient system storage', DOWN, DOWN],
  ['MAIL FROM', '550 5.4.5 Daily user sending limit exceeded.', BUSY, BUSY],
  ['RCPT TO', '550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP.', 'server-refused permanent profile', 'server-refused permanent profile'],
  ['RCPT TO', '550 5.7.705 Access denied, tenant has exceeded threshold', 'server-refused permanent profile', 'server-refused permanent profile'],
  ['RCPT TO', '550 5.7.64 TenantAttribution; Relay Access Denied', 'server-refused permanent profile', 'server-refused permanent profile'],
  ['RCPT TO', '550 5.1.90 Your message can\'t be sent because you\'ve reached your daily limit for message recipients', BUSY, BUSY],
  ['RCPT TO', '550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found', 'mailbox-not-found permanent mailbox', 'recipient-rejected permanent email'],
  ['RCPT TO', '550 5.2.1 The email account that you tried to reach is disabled.', 'account-disabled permanent mailbox', 'recipient-rejected permanent email'],
  ['RCPT TO', '552-5.2.2 The email account that you tried to reach is over quota', 'quota-exceeded permanent mailbox', 'quota-exceeded permanent email'],
  ['RCPT TO', '452-4.2.2 The email account that you tried to reach is over quota', 'quota-exceeded transient mailbox', 'quota-exceeded transient email'],
  ['RCPT TO', '452 4.5.3 Too many recipients', 'server-busy transient profile', 'server-busy transient profile'],
  ['RCPT TO', '451 4.7.500 Server busy. Please try again later', 'server-busy transient profile', 'server-busy transient profile'],
  ['RCPT TO', '421 4.7.0 [TSS04] Messages temporarily deferred due to unexpected volume', 'server-busy transient profile', 'server-busy transient profile'],
  ['RCPT TO', '554 5.7.9 Message not accepted for policy reasons.', 'recipient-rejected permanent mailbox', 'recipient-rejected permanent email'],
  ['DATA', '432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded', BUSY, BUSY],
  ['DATA', '554 5.2.252 SendAsDenied; anna not allowed to send as bea', 'permission-denied permanent mailbox', 'permission-denied permanent mailbox'],
  ['DATA', '554 5.7.9 Message not accepted for policy reasons.', 'server-refused permanent mailbox', 'server-refused permanent email'],
  ['DATA', '451 4.3.2 Please try again later', 'server-busy transient profile', 'server-busy transient profile'],
  ['DATA', '452 4.2.2 Mailbox full', 'quota-exceeded transient mailbox', 'quota-exceeded transient email'],
];

// biome-ignore format: a table is read line by line
const IMAP_SIGN_IN: readonly (readonly [reply: string, expected: string])[] = [
  ['AUTHENTICATE failed.', REJECTED],
  ['LOGIN failed.', REJECTED],
  ['[AUTHENTICATIONFAILED] Invalid credentials (Failure)', REJECTED],
  ['[AUTHENTICATIONFAILED] Authentication failed, please try again', REJECTED],
  ['[AUTHENTICATIONFAILED] LOGIN Too many login failures', BUSY],
  ['[AUTHENTICATIONFAILED] Password expired, change it on the web', 'password-expired permanent mailbox'],
  ['[ALERT] Your account is not enabled for IMAP use. Please visit your Gmail settings page', `${OFF} protocol-switched-off`],
  ['[ALERT] IMAP access is disabled for your domain.', `${OFF} protocol-switched-off`],
  ['[ALERT] Too many simultaneous connections. (Failure)', BUSY],
  ['[OVERQUOTA] Account exceeded command or bandwidth limits. Too many requests', BUSY],
  ['[LIMIT] LOGIN Rate limit hit.', BUSY],
  ['[UNAVAILABLE] LOGIN Server error - Please try again later', DOWN],
  ['[INUSE] LOGIN Mailbox is in use', 'mailbox-locked transient mailbox'],
  ['[AUTHORIZATIONFAILED] No access to that identity', 'permission-denied permanent mailbox'],
  ['[EXPIRED] Passphrase expired', 'password-expired permanent mailbox'],
  ['[PRIVACYREQUIRED] Use TLS', 'tls-required permanent profile'],
  ['[CONTACTADMIN] Account is closed', 'account-disabled permanent mailbox'],
  ['[SERVERBUG] Oops', DOWN],
  ['[CLIENTBUG] Wrong state', 'wrong-protocol permanent profile'],
  ['[CANNOT] Not possible here', 'unsupported-configuration permanent profile'],
  ['User is authenticated but not connected.', 'permission-denied permanent mailbox'],
  ['Server Unavailable. 15', DOWN],
  ['nothing that anybody has listed', REJECTED],
];

// biome-ignore format: a table is read line by line
const IMAP_INBOX: readonly (readonly [reply: string, expected: string])[] = [
  ['[NOPERM] Access denied', 'permission-denied permanent mailbox'],
  ['[NONEXISTENT] Unknown mailbox', 'folder-missing permanent mailbox'],
  ['[TRYCREATE] No such folder', 'folder-missing permanent mailbox'],
  ['[CORRUPTION] Cannot read the index', 'mailbox-store-broken transient mailbox'],
  ['[OVERQUOTA] Mailbox is full', 'quota-exceeded permanent mailbox'],
  ['[SERVERBUG] Internal error occurred.', 'mailbox-store-broken transient mailbox'],
  ['User is authenticated but not connected.', 'permission-denied permanent mailbox'],
  ['Server Unavailable. 15', DOWN],
  ['nothing that anybody has listed', 'mailbox-store-broken transient mailbox'],
];

// biome-ignore format: a table is read line by line
const POP3_SIGN_IN: readonly (readonly [reply: string, expected: string])[] = [
  ['-ERR Logon failure: unknown user name or bad password.', REJECTED],
  ['-ERR Authentication failure: unknown user name or bad password.', REJECTED],
  ['-ERR [AUTH] Username and password not accepted.', REJECTED],
  ['-ERR [AUTH] Application-specific password required', `${REJECTED} application-password`],
  ['-ERR [AUTH] Try again later', REJECTED],
  ['-ERR [AUTH] Too many login attempts', BUSY],
  ['-ERR [SYS/PERM] Your account is not enabled for POP access. Please visit your Gmail settings page', `${OFF} protocol-switched-off`],
  ['-ERR [SYS/PERM] Mail system closed', 'server-refused permanent profile'],
  ['-ERR [SYS/TEMP] Temporary system problem. Try again later', 'mailbox-store-broken transient mailbox'],
  ['-ERR [SYS/TEMP] Login service is down', DOWN],
  ['-ERR [IN-USE] Account is being used by another client', 'mailbox-locked transient mailbox'],
  ['-ERR maildrop already locked', 'mailbox-locked transient mailbox'],
  ['-ERR [LOGIN-DELAY] minimum time between mail checks violation', BUSY],
  ['-ERR Command is not valid in this state.', DOWN],
  ['-ERR server error, please try later', DOWN],
  ['-ERR nothing that anybody has listed', REJECTED],
];

describe('replies of well-known servers', () => {
  it.each(SMTP_SIGN_IN)('SMTP sign-in: %s', (reply, expected) => {
    expect(verdictOf({}, atSignIn(reply))).toBe(expected);
  });

  it.each(SMTP_ENVELOPE)('SMTP %s: %s', (command, reply, test, send) => {
    const stage = command === 'DATA' ? 'exchange' : 'authorise';
    const error = at(command === 'DATA' ? 'EMESSAGE' : 'EENVELOPE', command, reply);
    expect(verdictOf({ stage }, error)).toBe(test);
    expect(verdictOf({ stage, purpose: 'send' }, error)).toBe(send);
  });

  it.each(IMAP_SIGN_IN)('IMAP sign-in: %s', (reply, expected) => {
    expect(verdictOf({ protocol: 'imap' }, imap(reply))).toBe(expected);
  });

  it.each(IMAP_INBOX)('IMAP inbox: %s', (reply, expected) => {
    expect(verdictOf({ protocol: 'imap', stage: 'authorise' }, imap(reply, false))).toBe(expected);
  });

  it.each(POP3_SIGN_IN)('POP3 sign-in: %s', (reply, expected) => {
    expect(verdictOf({ protocol: 'pop3' }, new Pop3Refusal(reply))).toBe(expected);
  });

  it('knows a server that offers none of our ways to sign in', () => {
    const imapflow = new Error('Unsupported authentication mechanism');
    expect(verdictOf({ protocol: 'imap' }, imapflow)).toBe(
      'unsupported-configuration permanent profile',
    );
    const nodemailer = { code: 'EAUTH', command: 'API' };
    expect(verdictOf({}, nodemailer)).toBe('unsupported-configuration permanent profile');
  });
});

describe('whatever is thrown', () => {
  const word = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.constantFrom(
      '535 5.7.8 no',
      '421',
      '-ERR [',
      '* BYE [',
      '+OK',
      '[]',
      '5.7.139',
      'EAUTH',
      'CERT_HAS_EXPIRED',
    ),
  );
  const thrown = fc.oneof(
    fc.anything(),
    word.map((code) => new ProtocolError(code, { reply: code })),
    word.map((reply) => new Pop3Refusal(reply)),
    fc.record(
      {
        code: fc.oneof(word, fc.anything()),
        response: fc.oneof(word, fc.anything()),
        responseCode: fc.oneof(fc.integer(), word, fc.anything()),
        command: word,
        originalCode: word,
        serverResponseCode: fc.oneof(word, fc.anything()),
        responseText: fc.oneof(word, fc.anything()),
        authenticationFailed: fc.boolean(),
        tlsFailed: fc.boolean(),
        cause: fc.anything(),
        throttleReset: fc.oneof(fc.double(), fc.anything()),
      },
      { requiredKeys: [] },
    ),
  );
  const circumstances = fc.record({
    protocol: fc.constantFrom('imap', 'pop3', 'smtp', 'ews', 'graph'),
    stage: fc.constantFrom(...STAGES),
    purpose: fc.constantFrom('test', 'send'),
    tls: fc.constantFrom('implicit', 'starttls', 'none'),
    port: fc.nat(65_535),
    withToken: fc.boolean(),
  } satisfies Record<keyof Circumstances, unknown>);

  it('has one verdict, in the words of the domain', () => {
    fc.assert(
      fc.property(circumstances, thrown, (place, error) => {
        const verdict = classify(symptomOf(place, error));
        expect(FAILURE_REASONS).toContain(verdict.reason);
        expect(['permanent', 'transient']).toContain(verdict.nature);
        expect(['email', 'mailbox', 'profile']).toContain(verdict.scope);
        if (verdict.hint !== undefined) expect(HINTS).toContain(verdict.hint);
        if (verdict.retryAfterMs !== undefined) {
          expect(Number.isFinite(verdict.retryAfterMs)).toBe(true);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('passes by itself when nothing of it is known', () => {
    for (const protocol of ['imap', 'pop3', 'smtp'] as const) {
      for (const stage of STAGES) {
        const verdict = verdictOf({ protocol, stage }, new Error('nobody has listed this'));
        expect(verdict).toBe('unknown transient profile');
      }
    }
  });
});
