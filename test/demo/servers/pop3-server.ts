import type { Socket } from 'node:net';
import type { TestCertificates } from '../../support/test-certificates.ts';
import { type LineSession, serveLines } from './line-session.ts';
import { type MailServer, startMailServer } from './mail-server.ts';
import type { MailStore, StoredMessage } from './mail-store.ts';
import type { ServerTls } from './server-tls.ts';

/** POP3 (RFC 1939, 2449, 2595) as much as a test and a curious person with telnet need. */
export async function startPop3Server(
  store: MailStore,
  certificates: TestCertificates,
): Promise<MailServer> {
  return startMailServer({
    certificates,
    serve: (socket, { isSecure, tls }) => serve(store, socket, isSecure, tls),
  });
}

function serve(store: MailStore, socket: Socket, startsSecure: boolean, tls: ServerTls): void {
  let isSecure = startsSecure;
  let userName = '';
  let user: string | null = null;

  const commands: Readonly<Record<string, (session: LineSession, argument: string) => void>> = {
    CAPA: ({ send }) =>
      send(
        listing('Capabilities', [
          'USER',
          'UIDL',
          'TOP',
          'RESP-CODES',
          ...(isSecure ? [] : ['STLS']),
        ]),
      ),
    STLS(session) {
      if (isSecure) {
        session.send(error('TLS is active'));
        return;
      }
      session.send(ok('Begin TLS'));
      tls.accept(socket, (secured) => {
        isSecure = true;
        session.moveTo(secured);
      });
    },
    USER({ send }, argument) {
      if (!isSecure) {
        send(error('Plaintext authentication disallowed on non-secure connections'));
        return;
      }
      userName = argument;
      send(ok());
    },
    PASS({ send }, argument) {
      if (!store.signIn(userName, argument)) {
        send(error('[AUTH] Authentication failed.'));
        return;
      }
      user = userName;
      send(ok('Logged in.'));
    },
    NOOP: ({ send }) => send(ok()),
    QUIT: ({ end }) => end(ok('Bye')),
  };
  const mailCommands: Readonly<
    Record<
      string,
      (messages: readonly StoredMessage[], session: LineSession, argument: string) => void
    >
  > = {
    STAT: (messages, { send }) => send(ok(`${messages.length} ${sizeOf(messages)}`)),
    LIST: (messages, { send }) =>
      send(
        listing(
          'Sizes',
          messages.map(({ raw }, index) => `${index + 1} ${raw.length}`),
        ),
      ),
    UIDL: (messages, { send }) =>
      send(
        listing(
          'Ids',
          messages.map(({ uid }, index) => `${index + 1} ${uid}`),
        ),
      ),
    RETR: (messages, { send }, argument) => send(content(messages[Number(argument) - 1])),
    TOP: (messages, { send }, argument) =>
      send(content(messages[Number(argument.split(' ')[0]) - 1])),
  };

  const session = serveLines(socket, (line, lineSession) => {
    const [word = '', ...rest] = line.split(' ');
    const name = word.toUpperCase();
    const argument = rest.join(' ');
    const command = commands[name];
    const mailCommand = mailCommands[name];
    if (command) command(lineSession, argument);
    else if (mailCommand && user !== null) mailCommand(store.messages(user), lineSession, argument);
    else lineSession.send(error(mailCommand ? 'Log in first' : 'Unknown command'));
  });
  session.send(ok('Mailbox Medic demo POP3 ready'));
}

function ok(text = ''): string {
  return `+OK ${text}\r\n`;
}

function error(text: string): string {
  return `-ERR ${text}\r\n`;
}

function listing(title: string, lines: readonly string[]): string {
  return [`+OK ${title}`, ...lines, '.', ''].join('\r\n');
}

function content(message: StoredMessage | undefined): string {
  if (message === undefined) return error('No such message');
  const lines = message.raw.toString('latin1').split('\r\n');
  return listing(
    'Message follows',
    lines.map((line) => (line.startsWith('.') ? `.${line}` : line)),
  );
}

function sizeOf(messages: readonly StoredMessage[]): number {
  return messages.reduce((sum, { raw }) => sum + raw.length, 0);
}
