import type { Socket } from 'node:net';
import { ImapFlow, type ImapFlowOptions } from 'imapflow';
import type { QuotaUse } from '../domain/early-warning.ts';
import { listed } from './capabilities.ts';
import { openConnection } from './connect.ts';
import type { Deadline } from './deadline.ts';
import { arrivalsIn } from './imap-arrivals.ts';
import { createLineChannel } from './line-channel.ts';
import { createMailTokens, type MailTokens, type ServerCredentials } from './mail-token.ts';
import type { Probe, ProbeRequest } from './probe.ts';
import { ProtocolError } from './protocol-error.ts';
import type { Session, SessionYield } from './session.ts';
import { startTls, type Trust } from './tls.ts';

/** IMAP4rev1 (RFC 3501): signs in, opens INBOX without changing it, reads the newest message's UID. */
export function createImapProbe(trust: Trust, tokens: MailTokens = createMailTokens()): Probe {
  return {
    protocol: 'imap',
    findsMessages: true,
    run: (request) =>
      tokens.run({ protocol: 'imap', purpose: 'test', request, trust }, (session, credentials) =>
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
  const { endpoint } = request;
  const auth = authOf(credentials);
  const socket = await awaitGreeting(session, await openConnection(session, endpoint));
  stages.enter(endpoint.tls === 'starttls' ? 'tls' : 'authenticate');

  // The deadline is the only clock: imapflow's are set so that they never ring first.
  const patienceMs = request.deadlineMs * 2;
  const client = new ImapFlow({
    host: endpoint.host,
    port: endpoint.port,
    secure: endpoint.tls === 'implicit',
    // Without this imapflow goes on in clear text when the server does not offer STARTTLS.
    doSTARTTLS: endpoint.tls === 'starttls',
    disableAutoIdle: true,
    logger: false,
    auth,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    maxLineLength: 1_000_000,
    maxLiteralSize: 1_000_000,
    transport: transportOver(session, socket),
  });
  // Without a listener a reset after login ends the process (measured).
  client.on('error', () => undefined);
  session.own({ destroy: () => client.close() });

  await deadline.within(client.connect()).finally(() => {
    if (client.capabilities.size === 0) return;
    stages.note('capabilities', listed(client.capabilities.keys()));
    stages.note('sign-in-method', methodOf(auth, client.capabilities));
  });
  stages.note('user-name', auth.user);
  stages.enter('authorise');
  const inbox = await deadline.within(client.mailboxOpen('INBOX', { readOnly: true }));
  stages.note('folder', inbox.path);
  stages.enter('exchange');
  stages.note('message-count', String(inbox.exists));
  if (inbox.exists > 0)
    await deadline.within(client.fetchOne('*', { uid: true, internalDate: true }));
  else await deadline.within(client.noop());
  const found =
    request.lookFor === undefined
      ? null
      : await isThere(client, deadline, inbox.exists, request.lookFor);
  const quotas = request.askQuota === true ? await quotasOf(client, deadline) : null;
  const arrivals = await arrivalsIn(request.lastSeenUid, inbox, async (uid) => {
    const range = `${uid}:*`;
    const listed = await deadline.within(client.fetchAll(range, { uid: true }, { uid: true }));
    return listed.map((message) => message.uid);
  });
  stages.pass();
  // The answer to LOGOUT changes nothing; the session destroys the socket.
  client.logout().catch(() => undefined);
  return {
    ...arrivals,
    messageCount: inbox.exists,
    ...(quotas !== null && { quotas }),
    ...(found !== null && { found }),
  };
}

/** A search through all headers of a large inbox can take the server minutes. */
const MOST_LOOKED_THROUGH = 200;

async function isThere(
  client: ImapFlow,
  deadline: Deadline,
  messageCount: number,
  messageId: string,
): Promise<boolean | null> {
  if (messageCount === 0) return false;
  const from = Math.max(1, messageCount - MOST_LOOKED_THROUGH + 1);
  const query = { seq: `${from}:*`, header: { 'message-id': messageId } };
  const uids = await deadline.within(client.search(query, { uid: true }));
  return Array.isArray(uids) ? uids.length > 0 : null;
}

/** RFC 9208. A server that refuses to say has not failed: there is just nothing to tell. */
async function quotasOf(client: ImapFlow, deadline: Deadline): Promise<readonly QuotaUse[] | null> {
  const told = await deadline.within(client.getQuota('INBOX'));
  if (told === false) return null;
  const { storage, message } = told;
  const uses: QuotaUse[] = [];
  for (const [resource, use] of [
    ['storage', storage],
    ['messages', message],
  ] as const) {
    const { usage, limit } = use ?? {};
    if (usage === undefined || limit === undefined) continue;
    uses.push({ resource, used: usage, allowed: limit });
  }
  return uses;
}

/**
 * Stage `greeting`: the line is looked at and put back for imapflow, which would show nothing of a
 * greeting that refuses (`* BYE`) and wait for ever for one that is not IMAP.
 */
export async function awaitGreeting(session: Session, socket: Socket): Promise<Socket> {
  const { stages, deadline } = session;
  stages.enter('greeting');
  const channel = createLineChannel(socket);
  const line = await deadline.within(channel.readLine());
  stages.note('banner', line);
  if (line.toUpperCase().startsWith('* BYE'))
    throw new ProtocolError('ERROR_REPLY', { reply: line });
  if (!line.startsWith('* ')) throw new ProtocolError('NOT_THIS_PROTOCOL', { reply: line });
  return channel.release(`${line}\r\n`);
}

/** imapflow's seam for other runtimes: it takes our open socket, and asks us to start TLS on it. */
function transportOver(
  session: Session,
  socket: Socket,
): NonNullable<ImapFlowOptions['transport']> {
  return {
    connect(_options, onConnect) {
      setImmediate(onConnect);
      return socket;
    },
    upgrade(_plain, _options, onSecure) {
      const secured = startTls(socket, session.tlsPeer(), () => {
        secured.off('close', onClose);
        session.stages.enter('authenticate');
        onSecure();
      });
      // imapflow listens for errors only: a server that hangs up in the handshake would be a timeout.
      const onClose = (): boolean => secured.emit('error', new ProtocolError('CONNECTION_CLOSED'));
      session.own(secured);
      secured.once('close', onClose);
      return secured;
    },
  };
}

function authOf(credentials: ServerCredentials): NonNullable<ImapFlowOptions['auth']> {
  switch (credentials.kind) {
    case 'password':
      return { user: credentials.userName, pass: credentials.password.reveal() };
    case 'bearer':
      return { user: credentials.userName, accessToken: credentials.accessToken.reveal() };
    case 'none':
      throw new ProtocolError('NO_CREDENTIALS');
    case 'client-credentials':
      throw new ProtocolError('UNSUPPORTED_CREDENTIALS');
  }
}

/** The choice that imapflow makes. */
function methodOf(
  { accessToken }: ReturnType<typeof authOf>,
  capabilities: ImapFlow['capabilities'],
): string {
  const first = (...methods: readonly string[]): string | undefined =>
    methods.find((method) => capabilities.has(`AUTH=${method}`));
  return accessToken === undefined
    ? (first('PLAIN', 'LOGIN') ?? 'LOGIN')
    : (first('OAUTHBEARER') ?? 'XOAUTH2');
}
