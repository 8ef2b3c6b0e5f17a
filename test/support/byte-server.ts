import { EventEmitter, once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import type { KeyPair } from './test-certificates.ts';

/** Bytes to send, or how to be a bad server from here on. */
export type Answer = (string & {}) | 'HANG UP' | 'RESET' | 'SILENCE';

/** What a server says to one connection. */
export interface Conversation {
  readonly greeting?: Answer;
  /** Asked for each line of the client; null says nothing. */
  readonly answer: (line: string) => Answer | null;
}

export interface ByteServer {
  readonly port: number;
  readonly connections: number;
  untilConnected(): Promise<void>;
  /** Settles as soon as a client has sent this text; at once if it has. */
  untilReceived(text: string): Promise<void>;
  /** Settles when no connection is open. */
  untilIdle(): Promise<void>;
  stop(): Promise<void>;
}

export interface ByteServerOptions {
  /** The conversation of the first connection, the second, and so on. */
  readonly conversation: (connection: number) => Conversation;
  readonly tls?: KeyPair;
}

/** A server that says exactly what it is told to, byte by byte, and notices how it is left. */
export async function startByteServer({
  conversation,
  tls,
}: ByteServerOptions): Promise<ByteServer> {
  const events = new EventEmitter();
  const open = new Set<Socket>();
  let connections = 0;
  let received = '';

  const server = createServer((plain) => {
    const { greeting, answer } = conversation(connections);
    connections += 1;
    events.emit('change');
    open.add(plain);
    plain.once('close', () => {
      open.delete(plain);
      events.emit('change');
    });
    plain.on('error', () => undefined);
    const socket = tls
      ? new TLSSocket(plain, { isServer: true, secureContext: createSecureContext(tls) })
      : plain;
    socket.on('error', () => undefined);
    let isSilent = false;
    const give = (reply: Answer | null): void => {
      if (reply === null || isSilent) return;
      if (reply === 'SILENCE') isSilent = true;
      else if (reply === 'HANG UP') socket.end();
      else if (reply === 'RESET') plain.resetAndDestroy();
      else if (socket.writable) socket.write(reply);
    };
    let rest = '';
    socket.on('data', (chunk: Buffer) => {
      received += chunk.toString();
      rest += chunk.toString();
      events.emit('change');
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        give(answer(line));
      }
    });
    if (greeting !== undefined) give(greeting);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  async function until(condition: () => boolean): Promise<void> {
    while (!condition()) await once(events, 'change');
  }

  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return connections;
    },
    untilConnected: () => until(() => connections > 0),
    untilReceived: (text) => until(() => received.includes(text)),
    untilIdle: () => until(() => open.size === 0),
    async stop() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

/** Answers by what a line contains, the first that fits; `$TAG` is the line's first word (IMAP). */
export function answering(
  rules: readonly (readonly [contains: string, reply: Answer])[],
): Conversation['answer'] {
  return (line) => {
    const rule = rules.find(([contains]) => line.toUpperCase().includes(contains));
    return rule ? rule[1].replaceAll('$TAG', line.split(' ')[0] ?? '') : null;
  };
}
