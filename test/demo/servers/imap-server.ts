import type { Socket } from 'node:net';
import type { TestCertificates } from '../../support/test-certificates.ts';
import { fetchMessages } from './imap-fetch.ts';
import { type LineSession, serveLines } from './line-session.ts';
import { type MailServer, startMailServer } from './mail-server.ts';
import type { MailStore } from './mail-store.ts';
import type { ServerTls } from './server-tls.ts';

/** IMAP4rev1 (RFC 3501) with one mailbox, INBOX, that nobody can change. No literals from clients. */
export async function startImapServer(
  store: MailStore,
  certificates: TestCertificates,
): Promise<MailServer> {
  return startMailServer({
    certificates,
    serve: (socket, { isSecure, tls }) => serve(store, socket, isSecure, tls),
  });
}

interface Command {
  readonly tag: string;
  readonly name: string;
  readonly argument: string;
  readonly session: LineSession;
}

function serve(store: MailStore, socket: Socket, startsSecure: boolean, tls: ServerTls): void {
  let isSecure = startsSecure;
  let user: string | null = null;
  /** Tag of an AUTHENTICATE PLAIN that waits for its response. */
  let awaited: string | null = null;

  const capabilities = (): string =>
    `IMAP4rev1 ${isSecure ? 'AUTH=PLAIN SASL-IR' : 'STARTTLS LOGINDISABLED'} NAMESPACE ID`;

  function signIn(
    { tag, session }: Pick<Command, 'tag' | 'session'>,
    userName: string,
    password: string,
  ): void {
    if (!isSecure) return session.send(`${tag} NO [PRIVACYREQUIRED] Start TLS first\r\n`);
    if (!store.signIn(userName, password)) {
      return session.send(`${tag} NO [AUTHENTICATIONFAILED] Authentication failed.\r\n`);
    }
    user = userName;
    session.send(`${tag} OK Logged in\r\n`);
  }
  function plain(command: Pick<Command, 'tag' | 'session'>, response: string): void {
    const [, userName = '', password = ''] = Buffer.from(response, 'base64').toString().split('\0');
    signIn(command, userName, password);
  }

  const commands: Readonly<Record<string, (command: Command) => void>> = {
    CAPABILITY: ({ tag, session }) =>
      session.send(`* CAPABILITY ${capabilities()}\r\n${tag} OK\r\n`),
    NOOP: ({ tag, session }) => session.send(`${tag} OK\r\n`),
    ID: ({ tag, session }) => session.send(`* ID ("name" "Mailbox Medic demo")\r\n${tag} OK\r\n`),
    LOGOUT: ({ tag, session }) => session.end(`* BYE\r\n${tag} OK\r\n`),
    STARTTLS({ tag, session }) {
      if (isSecure) {
        session.send(`${tag} BAD TLS is active\r\n`);
        return;
      }
      session.send(`${tag} OK Begin TLS\r\n`);
      tls.accept(socket, (secured) => {
        isSecure = true;
        session.moveTo(secured);
      });
    },
    LOGIN(command) {
      const [userName = '', password = ''] = strings(command.argument);
      signIn(command, userName, password);
    },
    AUTHENTICATE(command) {
      const [mechanism = '', response] = command.argument.split(' ');
      if (mechanism.toUpperCase() !== 'PLAIN') {
        command.session.send(`${command.tag} NO Unknown mechanism\r\n`);
        return;
      }
      if (response !== undefined) {
        plain(command, response);
        return;
      }
      awaited = command.tag;
      command.session.send('+ \r\n');
    },
  };
  const mailCommands: Readonly<Record<string, (command: Command, address: string) => void>> = {
    NAMESPACE: ({ tag, session }) =>
      session.send(`* NAMESPACE (("" "/")) NIL NIL\r\n${tag} OK\r\n`),
    LIST: ({ tag, session }) => session.send(`* LIST (\\HasNoChildren) "/" INBOX\r\n${tag} OK\r\n`),
    LSUB: ({ tag, session }) => session.send(`* LSUB () "/" INBOX\r\n${tag} OK\r\n`),
    SELECT: (command, address) => open(store, command, address),
    EXAMINE: (command, address) => open(store, command, address),
    CLOSE: ({ tag, session }) => session.send(`${tag} OK\r\n`),
    FETCH: (command, address) => {
      command.session.send(fetchMessages(store.messages(address), command.argument, false));
      command.session.send(`${command.tag} OK\r\n`);
    },
    UID: (command, address) => {
      const isSearch = command.argument.toUpperCase().startsWith('SEARCH ');
      if (isSearch) return search(store, command, address);
      const isFetch = command.argument.toUpperCase().startsWith('FETCH ');
      if (!isFetch) return command.session.send(`${command.tag} BAD Unknown command\r\n`);
      command.session.send(
        fetchMessages(store.messages(address), command.argument.slice('FETCH '.length), true),
      );
      command.session.send(`${command.tag} OK\r\n`);
    },
  };

  const session = serveLines(socket, (line, lineSession) => {
    if (awaited !== null) {
      const tag = awaited;
      awaited = null;
      return plain({ tag, session: lineSession }, line);
    }
    const [tag = '*', name = '', ...rest] = line.split(' ');
    const command = {
      tag,
      name: name.toUpperCase(),
      argument: rest.join(' '),
      session: lineSession,
    };
    const known = commands[command.name];
    const mailCommand = mailCommands[command.name];
    if (known) known(command);
    else if (mailCommand && user !== null) mailCommand(command, user);
    else lineSession.send(`${tag} BAD ${mailCommand ? 'Log in first' : 'Unknown command'}\r\n`);
  });
  session.send(`* OK [CAPABILITY ${capabilities()}] Mailbox Medic demo ready\r\n`);
}

/** By Message-ID alone, whatever else is asked for; the range that goes with it covers all. */
function search(store: MailStore, { tag, argument, session }: Command, address: string): void {
  const words = strings(argument);
  const at = words.findIndex((word) => word.toUpperCase() === 'MESSAGE-ID');
  const wanted = words[at + 1];
  if (at === -1 || wanted === undefined) return session.send(`${tag} BAD Unknown search\r\n`);
  const found = store.messages(address).filter(({ raw }) => raw.includes(wanted));
  session.send(`* SEARCH ${found.map(({ uid }) => uid).join(' ')}\r\n${tag} OK\r\n`);
}

function open(store: MailStore, { tag, name, argument, session }: Command, address: string): void {
  const [mailbox = ''] = strings(argument);
  if (mailbox.toUpperCase() !== 'INBOX')
    return session.send(`${tag} NO [NONEXISTENT] No such mailbox\r\n`);
  const messages = store.messages(address);
  const lines = [
    '* FLAGS (\\Seen)',
    `* ${messages.length} EXISTS`,
    '* 0 RECENT',
    '* OK [PERMANENTFLAGS ()]',
    '* OK [UIDVALIDITY 1]',
    `* OK [UIDNEXT ${messages.length + 1}]`,
    `${tag} OK [READ-ONLY] ${name} completed`,
    '',
  ];
  session.send(lines.join('\r\n'));
}

/** Atoms and quoted strings of a command (RFC 3501 §4.3). */
function strings(text: string): readonly string[] {
  const found: string[] = [];
  let current: string | null = null;
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (isQuoted && character === '\\') current = (current ?? '') + text.charAt((at += 1));
    else if (character === '"') {
      isQuoted = !isQuoted;
      current ??= '';
    } else if (character === ' ' && !isQuoted) {
      if (current !== null) found.push(current);
      current = null;
    } else current = (current ?? '') + character;
  }
  if (current !== null) found.push(current);
  return found;
}
