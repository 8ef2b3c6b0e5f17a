import { randomUUID } from 'node:crypto';
import { Client, type GraphRequest, ResponseType } from '@microsoft/microsoft-graph-client';
import { openConnection } from './connect.ts';
import { createEntraTokens, type EntraTokens } from './entra-token.ts';
import { contentOf } from './graph-refusal.ts';
import { createHttpChannel, type HttpAnswer, type HttpChannel, portOf } from './http-channel.ts';
import { HttpRefusal } from './http-refusal.ts';
import type { MessageSender, Probe, ProbeCredentials, ProbeRequest } from './probe.ts';
import { ProtocolError } from './protocol-error.ts';
import { arrivalsSince, type InboxView, LISTED, lookFrom } from './received-since.ts';
import { runSession, type Session, type SessionRequest, type SessionYield } from './session.ts';
import type { Trust } from './tls.ts';

interface Message {
  readonly to: readonly string[];
  readonly messageId: string;
  readonly subject: string;
  readonly text: string;
}

const NOTHING_RECEIVED: SessionYield = { lastSeenUid: null, messageCount: null };

/** Exchange Online through Microsoft Graph, with application permissions (mail-probe.md §6). */
export function createGraphProbe(trust: Trust): Probe & MessageSender {
  const tokens = createEntraTokens();
  return {
    protocol: 'graph',
    findsMessages: true,
    run: (request) =>
      runSession({ protocol: 'graph', purpose: 'test', request, trust }, async (session) => {
        const mailbox = await signIn(session, request, tokens);
        return synchronize(session, request, mailbox);
      }),
    send: (request) =>
      runSession({ protocol: 'graph', purpose: 'send', request, trust }, async (session) => {
        const mailbox = await signIn(session, request, tokens);
        return sendMail(session, mailbox, request.message);
      }),
  };
}

/** Calls below `/v1.0/users/{address}`; rejects with what happened, not with what the SDK makes of it. */
interface GraphMailbox {
  get(path: string): Promise<Record<string, unknown>>;
  post(path: string, body: object): Promise<void>;
}

async function signIn(
  session: Session,
  request: SessionRequest,
  tokens: EntraTokens,
): Promise<GraphMailbox> {
  const { credentials, address } = request;
  if (credentials.kind !== 'client-credentials') throw new ProtocolError('UNSUPPORTED_CREDENTIALS');
  const graph = new URL(credentials.graph);
  const socket = await openConnection(session, {
    host: graph.hostname,
    port: portOf(graph.port, graph.protocol),
    tls: graph.protocol === 'https:' ? 'implicit' : 'none',
  });
  session.stages.skip('greeting');
  session.stages.enter('authenticate');
  session.stages.note('user-name', credentials.clientId);
  await tokens.acquire(session, credentials, false);
  return mailboxOver(session, createHttpChannel(session, socket), { credentials, address, tokens });
}

async function synchronize(
  session: Session,
  request: ProbeRequest,
  mailbox: GraphMailbox,
): Promise<SessionYield> {
  const { stages } = session;
  switch (request.direction) {
    case 'incoming': {
      stages.enter('authorise');
      const inbox = await mailbox.get('/mailFolders/inbox?$select=id,totalItemCount');
      const messageCount =
        typeof inbox['totalItemCount'] === 'number' ? inbox['totalItemCount'] : null;
      stages.note('folder', 'inbox');
      stages.note('message-count', String(messageCount ?? 0));
      stages.enter('exchange');
      const from = lookFrom(request.lastSeenUid);
      const listed = await mailbox.get(
        '/mailFolders/inbox/messages?$select=id,receivedDateTime&$orderby=receivedDateTime%20desc' +
          `&$count=true&$top=${LISTED}${from === null ? '' : `&$filter=receivedDateTime%20ge%20${from}`}`,
      );
      const found = request.lookFor === undefined ? null : await isThere(mailbox, request.lookFor);
      return {
        ...arrivalsSince(request.lastSeenUid, viewOf(listed)),
        messageCount,
        ...(found !== null && { found }),
      };
    }
    case 'outgoing':
      if (request.testMessage)
        return sendMail(session, mailbox, { ...request.testMessage, to: [request.address] });
      stages.skip('authorise');
      stages.skip('exchange');
      return NOTHING_RECEIVED;
    case 'act':
      stages.enter('authorise');
      await mailbox.get('/calendar?$select=id');
      stages.note('folder', 'calendar');
      stages.enter('exchange');
      await mailbox.get('/contacts?$top=1&$select=id');
      stages.note('folder', 'contacts');
      await mailbox.get('/todo/lists?$top=1');
      stages.note('folder', 'tasks');
      return NOTHING_RECEIVED;
  }
}

async function isThere(mailbox: GraphMailbox, messageId: string): Promise<boolean> {
  // Quotation marks are doubled within a string (OData).
  const wanted = encodeURIComponent(`internetMessageId eq '${messageId.replaceAll("'", "''")}'`);
  const { value } = await mailbox.get(
    `/mailFolders/inbox/messages?$top=1&$select=id&$filter=${wanted}`,
  );
  return Array.isArray(value) && value.length > 0;
}

/** 202 says accepted, not delivered; one call both asks for the right to send and sends. */
async function sendMail(
  session: Session,
  mailbox: GraphMailbox,
  message: Message,
): Promise<SessionYield> {
  session.stages.enter('authorise');
  await mailbox.post('/sendMail', {
    message: {
      subject: message.subject,
      body: { contentType: 'Text', content: message.text },
      internetMessageId: message.messageId,
      toRecipients: message.to.map((address) => ({ emailAddress: { address } })),
    },
    saveToSentItems: false,
  });
  session.stages.enter('exchange');
  session.stages.note('message-id', message.messageId);
  return NOTHING_RECEIVED;
}

interface SignedIn {
  readonly credentials: Extract<ProbeCredentials, { kind: 'client-credentials' }>;
  readonly address: string;
  readonly tokens: EntraTokens;
}

function mailboxOver(
  session: Session,
  channel: HttpChannel,
  { credentials, address, tokens }: SignedIn,
): GraphMailbox {
  let transportError: Error | null = null;
  let isTokenRefused = false;
  // One middleware of ours is the whole chain: the SDK's default one retries, POSTs too, and redirects.
  const client = Client.initWithMiddleware({
    baseUrl: credentials.graph,
    defaultVersion: 'v1.0',
    customHosts: new Set([new URL(credentials.graph).hostname]),
    middleware: {
      async execute(context) {
        try {
          const token = await tokens.acquire(session, credentials, isTokenRefused);
          // Always the address in full; the SDK's type names a DOM request beside it.
          const url: unknown = context.request;
          const body = context.options?.body;
          const answer: unknown = await channel.send({
            method: context.options?.method ?? 'GET',
            url: String(url),
            headers: {
              // A plain object, whatever else the SDK's type allows: nobody gave it others.
              ...(context.options?.headers as Record<string, string> | undefined),
              authorization: `Bearer ${token}`,
              // Support finds a request by it, and the answer repeats it.
              'client-request-id': randomUUID(),
              'return-client-request-id': 'true',
            },
            ...(typeof body === 'string' && { body }),
          });
          // Handed on as it is (`ResponseType.RAW`).
          context.response = answer as Response;
        } catch (error) {
          if (error instanceof Error) transportError = error;
          throw error;
        }
      },
    },
  });

  async function call(work: () => Promise<unknown>): Promise<unknown> {
    try {
      return contentOf((await work()) as HttpAnswer);
    } catch (error) {
      // The SDK keeps the message of a network fault and loses its code, and reads JSON alone.
      const cause = transportError ?? error;
      transportError = null;
      // A token may be revoked before its end: another one is worth one more call, and 401 did nothing.
      if (cause instanceof HttpRefusal && cause.statusCode === 401 && !isTokenRefused) {
        isTokenRefused = true;
        return call(work);
      }
      throw cause;
    }
  }
  const api = (rest: string): GraphRequest =>
    client.api(`/users/${encodeURIComponent(address)}${rest}`).responseType(ResponseType.RAW);
  return {
    get: async (rest) => ((await call(() => api(rest).get())) ?? {}) as Record<string, unknown>,
    post: async (rest, body) => {
      await call(() => api(rest).post(body));
    },
  };
}

function viewOf(listed: Readonly<Record<string, unknown>>): InboxView {
  const count = listed['@odata.count'];
  const messages = Array.isArray(listed['value']) ? (listed['value'] as unknown[]) : [];
  return {
    total: typeof count === 'number' ? count : null,
    receivedAt: messages.flatMap((message) => {
      const time = (message as { receivedDateTime?: unknown } | null)?.receivedDateTime;
      return typeof time === 'string' ? [time] : [];
    }),
  };
}
