import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection, {
  type SMTPConnectionCustomAuthContext,
  type SMTPConnectionSendInfo,
} from 'nodemailer/lib/smtp-connection';
import type { TlsMode } from '../domain/profile.ts';
import { ehloCapabilities, ehloMechanisms, listed, tokenRefusal } from './capabilities.ts';
import { openConnection } from './connect.ts';
import { createMailTokens, type MailTokens, type ServerCredentials } from './mail-token.ts';
import type { MessageSender, Probe } from './probe.ts';
import { ProtocolError } from './protocol-error.ts';
import { xoauth2 } from './redact.ts';
import { type Session, type SessionRequest, type SessionYield } from './session.ts';
import { greet } from './smtp-greeting.ts';
import type { Trust } from './tls.ts';

interface Message {
  readonly from: string;
  readonly to: readonly string[];
  readonly messageId: string;
  readonly subject: string;
  readonly text: string;
}

type SignIn = NonNullable<Parameters<SMTPConnection['login']>[0]> & { readonly method: string };

/** Our name for XOAUTH2: under its own name nodemailer insists on its own generator of tokens. */
const TOKEN_METHOD = 'OUR-XOAUTH2';

const NOTHING_RECEIVED: SessionYield = { lastSeenUid: null, messageCount: null };

/** SMTP submission (RFC 6409): signs in, and with a test message sends it to the mailbox itself. */
export function createSmtpProbe(
  trust: Trust,
  tokens: MailTokens = createMailTokens(),
): Probe & MessageSender {
  return {
    protocol: 'smtp',
    run: (request) =>
      tokens.run({ protocol: 'smtp', purpose: 'test', request, trust }, (session, credentials) =>
        submit(
          session,
          request,
          credentials,
          request.testMessage && {
            ...request.testMessage,
            from: request.address,
            to: [request.address],
          },
        ),
      ),
    send: (request) =>
      tokens.run({ protocol: 'smtp', purpose: 'send', request, trust }, (session, credentials) =>
        submit(session, request, credentials, { ...request.message, from: request.address }),
      ),
  };
}

async function submit(
  session: Session,
  request: SessionRequest,
  credentials: ServerCredentials,
  message: Message | null,
): Promise<SessionYield> {
  const { stages } = session;
  const { endpoint, deadlineMs } = request;
  const opened = await openConnection(session, endpoint);
  const socket = await greet(session, opened, endpoint.tls === 'starttls');
  // The deadline is the only clock: nodemailer's are set so that they never ring first.
  const patience = {
    connectionTimeout: deadlineMs * 2,
    greetingTimeout: deadlineMs * 2,
    socketTimeout: deadlineMs * 2,
  };
  const connection = new SMTPConnection({
    ...patience,
    host: endpoint.host,
    port: endpoint.port,
    connection: socket,
    secure: endpoint.tls !== 'none',
    secured: endpoint.tls !== 'none',
    ignoreTLS: true,
    socketCloseTimeout: 0,
    customAuth: { [TOKEN_METHOD]: (context) => signInWithToken(session, context) },
  });
  session.own({ destroy: () => connection.close() });
  const step: Step = (start) =>
    session.deadline.within(
      new Promise((resolve, reject) => {
        connection.once('error', reject);
        start((error, value) => {
          connection.off('error', reject);
          if (error) reject(error);
          else resolve(value);
        });
      }),
    );
  connection.on('error', () => undefined);

  await step<never>((done) => connection.connect(done));
  const hello = (connection.lastServerResponse || '').split(/\r?\n/);
  const capabilities = ehloCapabilities(hello);
  if (credentials.kind === 'none') {
    stages.note('capabilities', listed(capabilities));
    stages.skip('authenticate');
  } else {
    stages.enter('authenticate');
    stages.note('capabilities', listed(capabilities));
    stages.note('user-name', userNameOf(credentials));
    const auth = authOf(credentials, ehloMechanisms(capabilities), endpoint.tls);
    stages.note('sign-in-method', auth.method === TOKEN_METHOD ? 'XOAUTH2' : auth.method);
    // Always AUTH, offered or not: `verify()` of nodemailer is content when it is not (measured).
    await step<boolean>((done) => connection.login(auth, done));
  }
  if (message === null) {
    stages.skip('authorise');
    stages.skip('exchange');
  } else {
    await transmit(session, connection, message, step);
  }
  stages.pass();
  connection.quit();
  return NOTHING_RECEIVED;
}

/** A callback of nodemailer's as a promise that the session's end and a lost connection reject. */
type Step = <T>(
  start: (done: (error?: Error | null, value?: T) => void) => void,
) => Promise<T | undefined>;

/** MAIL and RCPT are `authorise`; the server's 354 asks for the content, which begins `exchange`. */
async function transmit(
  session: Session,
  connection: SMTPConnection,
  message: Message,
  step: Step,
): Promise<void> {
  const { stages } = session;
  stages.enter('authorise');
  const content = await new MailComposer({
    ...message,
    to: [...message.to],
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
  const onDemand = new Readable({
    read() {
      stages.enter('exchange');
      stages.note('message-id', message.messageId);
      this.push(content);
      this.push(null);
    },
  });
  session.own(onDemand);
  const envelope = { from: message.from, to: [...message.to], size: content.length };
  const sent = await step<SMTPConnectionSendInfo>((done) =>
    connection.send(envelope, onDemand, done),
  );
  // nodemailer is content when one recipient of several was accepted, and the message is on its way to
  // that one: said as it is, so that nobody sends it again.
  const [rejected] = sent?.rejectedErrors ?? [];
  if (rejected)
    throw new ProtocolError('PARTLY_DELIVERED', {
      reply: rejected.response ?? '',
      cause: rejected,
    });
  if (sent?.response !== undefined) stages.note('server-reply', sent.response);
}

function userNameOf(credentials: ServerCredentials): string {
  return 'userName' in credentials ? credentials.userName : '';
}

/** The password as such only where nobody can listen; a server that offers nothing is asked all the same. */
const WITH_PASSWORD = ['PLAIN', 'LOGIN', 'CRAM-MD5'];
const WITH_PASSWORD_IN_CLEAR = ['CRAM-MD5', 'PLAIN', 'LOGIN'];

function authOf(credentials: ServerCredentials, offered: readonly string[], tls: TlsMode): SignIn {
  switch (credentials.kind) {
    case 'password': {
      const ours = tls === 'none' ? WITH_PASSWORD_IN_CLEAR : WITH_PASSWORD;
      const method = ours.find((each) => offered.includes(each));
      if (method === undefined && offered.length > 0) {
        throw new ProtocolError('NO_COMMON_MECHANISM', { reply: `AUTH ${offered.join(' ')}` });
      }
      return {
        user: credentials.userName,
        pass: credentials.password.reveal(),
        method: method ?? 'PLAIN',
      };
    }
    case 'bearer':
      if (offered.length > 0 && !offered.includes('XOAUTH2')) {
        throw new ProtocolError('NO_COMMON_MECHANISM', { reply: `AUTH ${offered.join(' ')}` });
      }
      return {
        method: TOKEN_METHOD,
        user: credentials.userName,
        options: { accessToken: credentials.accessToken.reveal() },
      };
    default:
      throw new ProtocolError('UNSUPPORTED_CREDENTIALS');
  }
}

/** One attempt: nodemailer's own XOAUTH2 tries a refused token twice, which counts towards a lockout. */
async function signInWithToken(
  { stages }: Session,
  context: SMTPConnectionCustomAuthContext,
): Promise<void> {
  const { accessToken } = context.auth.options as { accessToken: string };
  let answer = await context.sendCommand(
    `AUTH XOAUTH2 ${xoauth2(context.auth.user ?? '', accessToken)}`,
  );
  // 334 carries the reason as JSON; an empty line asks for the final refusal.
  if (answer.status === 334) {
    stages.note('server-reply', tokenRefusal(answer.text));
    answer = await context.sendCommand('');
  }
  if (answer.status === 235) context.resolve();
  else context.reject('Invalid login');
}
