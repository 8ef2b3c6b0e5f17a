import type { Socket } from 'node:net';

/** Longer than any command of a test; a client that sends more is cut off. */
const LONGEST_LINE = 65_536;

/** What a line protocol answers with, and how it upgrades. */
export interface LineSession {
  readonly send: (text: string | Buffer) => void;
  /** Sends and closes. */
  readonly end: (text: string) => void;
  /** Forgets what was received in clear text and goes on over another socket. */
  readonly moveTo: (socket: Socket) => void;
}

/** Calls `onLine` for each CRLF line of a client, in order, one at a time. */
export function serveLines(
  socket: Socket,
  onLine: (line: string, session: LineSession) => void,
): LineSession {
  let current = socket;
  let buffer = '';
  const session: LineSession = {
    send(text) {
      if (current.writable) current.write(text);
    },
    end: (text) => void current.end(text),
    moveTo(next) {
      current = next;
      buffer = '';
      attach(next);
    },
  };
  function attach(source: Socket): void {
    source.on('error', () => undefined);
    source.setEncoding('utf8');
    source.on('data', (chunk: unknown) => {
      if (source !== current) return;
      buffer += String(chunk);
      for (
        let end = buffer.indexOf('\r\n');
        end >= 0 && source === current;
        end = buffer.indexOf('\r\n')
      ) {
        const line = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        onLine(line, session);
      }
      if (buffer.length > LONGEST_LINE) source.destroy();
    });
  }
  attach(socket);
  return session;
}
