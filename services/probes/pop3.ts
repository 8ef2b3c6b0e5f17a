import type { Endpoint } from '../domain/profile.ts';
import { listed } from './capabilities.ts';
import { openConnection, secure } from './connect.ts';
import { createMailTokens, type MailTokens, type ServerCredentials } from './mail-token.ts';
import { createPop3Arrivals } from './pop3-arrivals.ts';
import { createPop3Client, type Pop3Client, Pop3Refusal } from './pop3-client.ts';
import type { Probe, ProbeRequest } from './probe.ts';
import { ProtocolError } from './protocol-error.ts';
import type { Session, SessionYield } from './session.ts';
import type { Trust } from './tls.ts';

type Capabilities = ReadonlyMap<string, string>;

/** POP3 (RFC 1939): signs in, which locks the maildrop, counts the messages, lists their ids. */
export function createPop3Probe(trust: Trust, tokens: MailTokens = createMailTokens()): Probe {
  return {
    protocol: 'pop3',
    findsMessages: true,
    run: (request) =>
      tokens.run({ protocol: 'pop3', purpose: 'test', request, trust }, (session, credentials) =>
        receive(session, request, credentials),
      ),
  };
}

async function receive(
  session: Session,
  request: ProbeRequest,
  credentials: ServerCredentials,
): Promise<SessionYield> {
  const { stages, deadline } = session;
  const client = await meetPop3(session, request.endpoint);
  stages.enter('authenticate');
  // What was said before TLS does not count after it (RFC 2595 §4).
  const capabilities = await deadline.within(client.capabilities());
  if (capabilities !== null) noteCapabilities(session, capabilities);
  await deadline.within(signIn(session, client, credentials, capabilities));
  if ('userName' in credentials) stages.note('user-name', credentials.userName);
  stages.enter('authorise');
  const { messageCount } = await deadline.within(client.status());
  stages.note('message-count', String(messageCount));
  stages.enter('exchange');
  const arrivals = createPop3Arrivals(request.lastSeenUid);
  const isListed = await deadline.within(client.listUids((uid) => arrivals.add(uid)));
  const arrived = isListed ? arrivals.read() : { lastSeenUid: null, newMessages: null };
  const found =
    request.lookFor === undefined
      ? null
      : await deadline.within(
          isThere(client, { messageCount, newMessages: arrived.newMessages }, request.lookFor),
        );
  stages.pass();
  // QUIT releases the maildrop's lock; without waiting for it the next test may find it locked.
  await deadline.within(client.quit()).catch(() => undefined);
  return { ...arrived, messageCount, ...(found !== null && { found }) };
}

/** Up to where somebody would sign in: greeting, and TLS where it comes after it. */
export async function meetPop3(session: Session, endpoint: Endpoint): Promise<Pop3Client> {
  const { stages, deadline } = session;
  const client = createPop3Client(await openConnection(session, endpoint));
  stages.enter('greeting');
  stages.note('banner', await deadline.within(client.greeting()));
  if (endpoint.tls !== 'starttls') return client;
  stages.enter('tls');
  await requireStls(session, client);
  return createPop3Client(await secure(session, await deadline.within(offeredTls(client))));
}

/** What has just been sent is among the newest; to look through a whole maildrop would take minutes. */
const MOST_LOOKED_THROUGH = 20;

/** The newest first, down to what the last look has seen. Null where the server shows no headers. */
async function isThere(
  client: Pop3Client,
  { messageCount, newMessages }: { messageCount: number; newMessages: number | null },
  messageId: string,
): Promise<boolean | null> {
  const most = Math.min(messageCount, newMessages ?? messageCount, MOST_LOOKED_THROUGH);
  for (let back = 0; back < most; back += 1) {
    const id = await client.messageIdOf(messageCount - back);
    if (id === null) return null;
    if (id === messageId) return true;
  }
  return false;
}

/** A server that answers CAPA without STLS need not be asked; one that does not know CAPA is. */
async function requireStls(session: Session, client: Pop3Client): Promise<void> {
  const capabilities = await session.deadline.within(client.capabilities());
  if (capabilities === null) return;
  noteCapabilities(session, capabilities);
  if (!capabilities.has('STLS')) throw new ProtocolError('TLS_NOT_OFFERED');
}

async function offeredTls(client: Pop3Client): ReturnType<Pop3Client['startTls']> {
  try {
    return await client.startTls();
  } catch (error) {
    if (!(error instanceof Pop3Refusal)) throw error;
    throw new ProtocolError('TLS_NOT_OFFERED', { reply: error.reply ?? '' });
  }
}

function noteCapabilities({ stages }: Session, capabilities: Capabilities): void {
  const lines = [...capabilities].map(([name, parameters]) => `${name} ${parameters}`.trim());
  stages.note('capabilities', listed(lines));
}

async function signIn(
  { stages }: Session,
  client: Pop3Client,
  credentials: ServerCredentials,
  capabilities: Capabilities | null,
): Promise<void> {
  switch (credentials.kind) {
    case 'password':
      stages.note('sign-in-method', 'USER');
      return client.signInWithPassword(credentials.userName, credentials.password.reveal());
    case 'bearer': {
      // A server that knows no AUTH at all names no mechanisms; the others name them (RFC 5034 §6).
      const offered = capabilities?.get('SASL');
      if (offered !== undefined && !offered.toUpperCase().split(' ').includes('XOAUTH2')) {
        throw new ProtocolError('NO_COMMON_MECHANISM', { reply: `SASL ${offered}` });
      }
      stages.note('sign-in-method', 'XOAUTH2');
      return client.signInWithToken(
        credentials.userName,
        credentials.accessToken.reveal(),
        (reason) => stages.note('server-reply', reason),
      );
    }
    default:
      throw new ProtocolError('UNSUPPORTED_CREDENTIALS');
  }
}
