import type { Socket } from 'node:net';
import { secure } from './connect.ts';
import { createLineChannel, type LineChannel } from './line-channel.ts';
import { ProtocolError } from './protocol-error.ts';
import type { Session } from './session.ts';

/** Untagged lines before an answer: more is no server that means well. */
const MOST_LINES = 100;

/**
 * The ways to sign in that an IMAP server names, after STARTTLS where that is wanted. Not imapflow's
 * work: it knows no session without a sign-in.
 */
export async function meetImap(
  session: Session,
  greeted: Socket,
  startTls: boolean,
): Promise<readonly string[]> {
  const { deadline, stages } = session;
  let channel = createLineChannel(greeted);
  // The greeting, which has been looked at and put back.
  await deadline.within(channel.readLine());
  if (startTls) {
    stages.enter('tls');
    const before = await capabilities(session, channel, 'm1');
    if (!before.includes('STARTTLS')) throw new ProtocolError('TLS_NOT_OFFERED');
    const answer = await deadline.within(ask(channel, 'm2', 'STARTTLS'));
    if (!answer.isOk) throw new ProtocolError('TLS_NOT_OFFERED', { reply: answer.reply });
    if (channel.hasUnreadBytes()) throw new ProtocolError('TLS_INJECTION');
    channel = createLineChannel(await secure(session, channel.release()));
  }
  stages.enter('authenticate');
  const named = await capabilities(session, channel, 'm3');
  channel.writeLine('m4 LOGOUT');
  const mechanisms = named
    .filter((name) => name.startsWith('AUTH='))
    .map((name) => name.slice('AUTH='.length));
  return named.includes('LOGINDISABLED') ? mechanisms : [...mechanisms, 'LOGIN'];
}

async function capabilities(
  { deadline }: Session,
  channel: LineChannel,
  tag: string,
): Promise<readonly string[]> {
  const { isOk, reply, untagged } = await deadline.within(ask(channel, tag, 'CAPABILITY'));
  if (!isOk) throw new ProtocolError('ERROR_REPLY', { reply });
  return untagged
    .filter((line) => /^\* CAPABILITY /i.test(line))
    .flatMap((line) => line.toUpperCase().split(' ').slice(2));
}

interface Answer {
  readonly isOk: boolean;
  readonly reply: string;
  readonly untagged: readonly string[];
}

async function ask(channel: LineChannel, tag: string, command: string): Promise<Answer> {
  channel.writeLine(`${tag} ${command}`);
  const untagged: string[] = [];
  while (untagged.length < MOST_LINES) {
    const line = await channel.readLine();
    if (line.startsWith(`${tag} `)) {
      const reply = line.slice(tag.length + 1);
      return { isOk: /^OK\b/i.test(reply), reply, untagged };
    }
    if (!line.startsWith('* ')) throw new ProtocolError('NOT_THIS_PROTOCOL', { reply: line });
    if (/^\* BYE/i.test(line)) throw new ProtocolError('ERROR_REPLY', { reply: line });
    untagged.push(line);
  }
  throw new ProtocolError('REPLY_TOO_LONG');
}
