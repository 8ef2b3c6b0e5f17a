import type { Socket } from 'node:net';
import { ehloCapabilities, ehloMechanisms } from './capabilities.ts';
import { secure } from './connect.ts';
import { createLineChannel, type LineChannel } from './line-channel.ts';
import { ProtocolError } from './protocol-error.ts';
import type { Session } from './session.ts';

/** RFC 5321 §4.2.1: every line but the last has a hyphen after the code. */
const MOST_REPLY_LINES = 200;

const GREETING = 'EHLO mailbox-medic.invalid';

interface Reply {
  readonly code: number;
  readonly text: string;
  readonly lines: readonly string[];
}

/**
 * Stages `greeting` and, with `startTls`, `tls`, before nodemailer takes over. nodemailer could do
 * STARTTLS as well, but shows neither the banner nor the certificate that it refused. It expects a
 * greeting, so the socket is handed over with one in front; after STARTTLS that is ours, since what
 * came in clear text is not to be believed (RFC 3207 §4.2).
 */
export async function greet(session: Session, socket: Socket, startTls: boolean): Promise<Socket> {
  const { stages, deadline } = session;
  const channel = createLineChannel(socket);
  stages.enter('greeting');
  const greeting = await deadline.within(readReply(channel));
  stages.note('banner', greeting.text);
  if (greeting.code !== 220) throw new ProtocolError('ERROR_REPLY', { reply: greeting.text });
  if (!startTls) return channel.release(`${greeting.lines.join('\r\n')}\r\n`);

  stages.enter('tls');
  const capabilities = await exchange(session, channel, GREETING);
  if (!capabilities.lines.some((line) => line.slice(4).trim().toUpperCase() === 'STARTTLS')) {
    throw new ProtocolError('TLS_NOT_OFFERED', { reply: capabilities.text });
  }
  const answer = await exchange(session, channel, 'STARTTLS');
  if (answer.code !== 220) throw new ProtocolError('TLS_NOT_OFFERED', { reply: answer.text });
  if (channel.hasUnreadBytes()) throw new ProtocolError('TLS_INJECTION');
  const secured = await secure(session, channel.release());
  secured.unshift('220 ready\r\n');
  return secured;
}

/** Ways to sign in that a server names after it was greeted; then we leave. */
export async function offersAfterGreeting(
  session: Session,
  socket: Socket,
): Promise<readonly string[]> {
  const channel = createLineChannel(socket);
  // The greeting that `greet` has put back.
  await session.deadline.within(readReply(channel));
  session.stages.enter('authenticate');
  const answer = await exchange(session, channel, GREETING);
  if (answer.code !== 250) throw new ProtocolError('ERROR_REPLY', { reply: answer.text });
  channel.writeLine('QUIT');
  return ehloMechanisms(ehloCapabilities(answer.lines));
}

function exchange(session: Session, channel: LineChannel, command: string): Promise<Reply> {
  channel.writeLine(command);
  return session.deadline.within(readReply(channel));
}

async function readReply(channel: LineChannel): Promise<Reply> {
  const lines: string[] = [];
  while (lines.length < MOST_REPLY_LINES) {
    const line = await channel.readLine();
    const code = Number(line.slice(0, 3));
    const separator = line.charAt(3);
    if (
      !Number.isInteger(code) ||
      code < 200 ||
      code > 599 ||
      !['', ' ', '-'].includes(separator)
    ) {
      throw new ProtocolError('NOT_THIS_PROTOCOL', { reply: line });
    }
    lines.push(line);
    if (separator !== '-') return { code, text: lines.join(' '), lines };
  }
  throw new ProtocolError('REPLY_TOO_LONG');
}
