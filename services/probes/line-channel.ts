import type { Socket } from 'node:net';
import { ProtocolError } from './protocol-error.ts';

/** A line that long is an attack or another protocol (RFC 5321 §4.5.3.1.5 allows 512). */
const LONGEST_LINE = 16_384;

/**
 * CRLF lines over a socket, one reader at a time. It never hangs on its own: a closed or failed
 * socket rejects the waiting read, and the session's deadline destroys the socket.
 */
export interface LineChannel {
  readLine(): Promise<string>;
  writeLine(line: string): void;
  /** Bytes that arrived and nobody asked for; after STARTTLS there must be none. */
  hasUnreadBytes(): boolean;
  /** Gives the socket back, with the unread bytes and `pushBack` before them, flow stopped. */
  release(pushBack?: string): Socket;
}

export function createLineChannel(socket: Socket): LineChannel {
  let buffer = Buffer.alloc(0);
  let ended: Error | null = null;
  let wake: (() => void) | null = null;

  // Paused mode, so that `release` can put bytes back and the next owner decides how to read.
  const onReadable = (): void => {
    for (
      let chunk = socket.read() as Buffer | null;
      chunk !== null;
      chunk = socket.read() as Buffer | null
    ) {
      buffer = Buffer.concat([buffer, chunk]);
    }
    wake?.();
  };
  const onError = (error: Error): void => {
    ended ??= error;
    wake?.();
  };
  const onEnd = (): void => onError(new ProtocolError('CONNECTION_CLOSED'));
  socket.on('readable', onReadable).on('error', onError).on('end', onEnd).on('close', onEnd);

  function takeLine(): string | null {
    const end = buffer.indexOf('\n');
    if (end < 0) {
      if (buffer.length > LONGEST_LINE) throw new ProtocolError('REPLY_TOO_LONG');
      return null;
    }
    const line = buffer.toString('utf8', 0, buffer[end - 1] === 0x0d ? end - 1 : end);
    buffer = buffer.subarray(end + 1);
    return line;
  }

  return {
    async readLine() {
      for (;;) {
        const line = takeLine();
        if (line !== null) return line;
        if (ended) throw ended;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = null;
      }
    },
    writeLine: (line) => void socket.write(`${line}\r\n`),
    hasUnreadBytes: () => buffer.length > 0,
    release(pushBack = '') {
      socket
        .off('readable', onReadable)
        .off('error', onError)
        .off('end', onEnd)
        .off('close', onEnd);
      const rest = Buffer.concat([Buffer.from(pushBack), buffer]);
      buffer = Buffer.alloc(0);
      if (rest.length > 0 && !socket.destroyed) socket.unshift(rest);
      return socket;
    },
  };
}
