import type { Socket } from 'node:net';
import { tokenRefusal } from './capabilities.ts';
import { createLineChannel, type LineChannel } from './line-channel.ts';
import { ProtocolError } from './protocol-error.ts';
import { xoauth2 } from './redact.ts';

/** A listing longer than this is cut off: a maildrop of a million messages must not fill the memory. */
const MOST_LISTED = 1_000_000;

/** A POP3 server's `-ERR`, with the code of RFC 2449 §8 / RFC 3206 where it gave one. */
export class Pop3Refusal extends ProtocolError {
  readonly responseCode: string | null;

  constructor(reply: string) {
    super('ERROR_REPLY', { reply });
    this.responseCode = responseCodeOf(reply);
  }
}

export interface Pop3Client {
  greeting(): Promise<string>;
  /** RFC 2449 §5; null when the server does not know CAPA. */
  capabilities(): Promise<ReadonlyMap<string, string> | null>;
  /** RFC 2595 §4: after +OK the socket is handed back for TLS; go on with a client over the new one. */
  startTls(): Promise<Socket>;
  signInWithPassword(userName: string, password: string): Promise<void>;
  /** RFC 5034 AUTH with SASL XOAUTH2. */
  signInWithToken(
    userName: string,
    accessToken: string,
    onReason: (reason: string) => void,
  ): Promise<void>;
  status(): Promise<{ readonly messageCount: number }>;
  /** RFC 1939 §7, oldest first; false when the server does not know UIDL, which is optional. */
  listUids(onUid: (uid: string) => void): Promise<boolean>;
  /** From the headers alone (TOP, RFC 1939 §7, optional); null when the server knows no TOP. */
  messageIdOf(number: number): Promise<string | null>;
  quit(): Promise<void>;
}

/**
 * POP3 (RFC 1939) as far as a test needs it. Own, because no client on npm survives a dropped or a
 * split connection (DECISIONS.md). It has no timers: the session's deadline destroys the socket, and
 * a destroyed socket rejects what is awaited.
 */
export function createPop3Client(socket: Socket): Pop3Client {
  const channel = createLineChannel(socket);

  function send(line: string): void {
    if (/[\r\n\0]/.test(line)) throw new ProtocolError('UNSUPPORTED_CREDENTIALS');
    channel.writeLine(line);
  }
  async function command(line: string): Promise<string> {
    send(line);
    return accepted(await channel.readLine());
  }

  return {
    greeting: async () => accepted(await channel.readLine()),
    async capabilities() {
      try {
        await command('CAPA');
      } catch (error) {
        if (error instanceof Pop3Refusal) return null;
        throw error;
      }
      const found = new Map<string, string>();
      for await (const line of listing(channel)) {
        const [name = '', ...parameters] = line.split(' ');
        found.set(name.toUpperCase(), parameters.join(' '));
      }
      return found;
    },
    async startTls() {
      await command('STLS');
      // What arrives here came in clear text and would be read as if it were protected.
      if (channel.hasUnreadBytes()) throw new ProtocolError('TLS_INJECTION');
      return channel.release();
    },
    async signInWithPassword(userName, password) {
      await command(`USER ${userName}`);
      await command(`PASS ${password}`);
    },
    async signInWithToken(userName, accessToken, onReason) {
      send('AUTH XOAUTH2');
      const ready = await channel.readLine();
      if (!ready.startsWith('+')) throw new Pop3Refusal(ready);
      send(xoauth2(userName, accessToken));
      let answer = await channel.readLine();
      // A challenge carries the reason as JSON; an empty response asks for the final -ERR.
      if (answer.startsWith('+ ')) {
        onReason(tokenRefusal(answer.slice(2)));
        send('');
        answer = await channel.readLine();
      }
      accepted(answer);
    },
    async status() {
      const [count] = (await command('STAT')).split(' ');
      const messageCount = Number(count);
      if (!Number.isSafeInteger(messageCount) || messageCount < 0) {
        throw new ProtocolError('NOT_THIS_PROTOCOL', { reply: `+OK ${count ?? ''}` });
      }
      return { messageCount };
    },
    async listUids(onUid) {
      try {
        await command('UIDL');
      } catch (error) {
        if (error instanceof Pop3Refusal && error.responseCode === null) return false;
        throw error;
      }
      for await (const line of listing(channel)) onUid(line.slice(line.indexOf(' ') + 1));
      return true;
    },
    async messageIdOf(number) {
      try {
        await command(`TOP ${number} 0`);
      } catch (error) {
        if (error instanceof Pop3Refusal) return null;
        throw error;
      }
      // A header may go on in the next line (RFC 5322 §2.2.3).
      let headers = '';
      for await (const line of listing(channel)) {
        headers += /^[ \t]/.test(line) ? line : `\n${line}`;
      }
      return /\nmessage-id:\s*(\S+)/i.exec(headers)?.[1] ?? '';
    },
    async quit() {
      await command('QUIT');
    },
  };
}

/** Lines up to the lone dot, dot-stuffing undone (RFC 1939 §3). */
async function* listing(channel: LineChannel): AsyncGenerator<string> {
  for (let count = 0; count <= MOST_LISTED; count += 1) {
    const line = await channel.readLine();
    if (line === '.') return;
    yield line.startsWith('.') ? line.slice(1) : line;
  }
  throw new ProtocolError('REPLY_TOO_LONG');
}

function accepted(line: string): string {
  if (line.startsWith('+OK')) return line.slice(3).trim();
  if (line.startsWith('-ERR')) throw new Pop3Refusal(line);
  throw new ProtocolError('NOT_THIS_PROTOCOL', { reply: line });
}

function responseCodeOf(reply: string): string | null {
  const text = reply.slice('-ERR'.length).trimStart();
  const end = text.indexOf(']');
  return text.startsWith('[') && end > 0 ? text.slice(1, end).toUpperCase() : null;
}
