import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { TestCertificates } from '../../support/test-certificates.ts';
import { toTheSecond } from './ews-find-item.ts';
import { listenOnLoopback } from './loopback-listener.ts';
import { type DemoCertificate } from './mail-server.ts';
import type { MailStore } from './mail-store.ts';
import { createServerTls } from './server-tls.ts';

export interface DemoApplication {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Ways in which Exchange Online refuses one mailbox, as Graph documents them. */
export type GraphRefusal = 'access-denied' | 'mailbox-not-enabled' | 'throttled';

/**
 * A stand-in for Microsoft 365: the token endpoint and the few Graph calls of a mailbox test, with the
 * documented wire format. Labelled as a replica wherever the demo shows it.
 */
export interface GraphReplica {
  readonly port: number;
  /** Both `authority` and `graph` of the credentials. */
  readonly baseUrl: string;
  /** The secret that the token endpoint accepts from now on; tokens already issued stay good. */
  clientSecret(value: string): void;
  /** Every token issued so far is refused from now on. */
  revokeTokens(): void;
  refuse(address: string, refusal: GraphRefusal | null): void;
  certificate(kind: DemoCertificate): void;
  down(): Promise<void>;
  up(): Promise<void>;
  stop(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body: object | null;
  readonly headers?: Readonly<Record<string, string>>;
}

const REFUSALS: Readonly<Record<GraphRefusal, Answer>> = {
  'access-denied': problem(
    403,
    'ErrorAccessDenied',
    'Access is denied. Check credentials and try again.',
  ),
  'mailbox-not-enabled': problem(
    404,
    'MailboxNotEnabledForRESTAPI',
    'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
  ),
  throttled: {
    ...problem(429, 'ApplicationThrottled', 'Application is over its MailboxConcurrency limit.'),
    headers: { 'retry-after': '7' },
  },
};

export async function startGraphReplica(
  store: MailStore,
  certificates: TestCertificates,
  application: DemoApplication,
): Promise<GraphReplica> {
  const tls = createServerTls(certificates.leaf.good);
  const refusals = new Map<string, GraphRefusal>();
  let acceptedSecret = application.clientSecret;
  let generation = 1;
  const http = createServer((request, response) => void answer(request, response));
  const listener = await listenOnLoopback((socket) =>
    tls.accept(socket, (secured) => http.emit('connection', secured)),
  );

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request).catch(() => '');
    const { pathname: path, searchParams } = new URL(request.url ?? '/', 'https://localhost');
    const {
      status,
      body: json,
      headers,
    } = path === `/${application.tenantId}/oauth2/v2.0/token`
      ? issueToken(new URLSearchParams(body))
      : path.endsWith('/oauth2/v2.0/token')
        ? tokenProblem(400, 'invalid_request', 90002, 'Tenant not found.')
        : graph(request, path, searchParams, body);
    // Graph's 202 has neither content nor type.
    const type = json === null ? {} : { 'content-type': 'application/json' };
    const asked = request.headers['client-request-id'];
    const repeated = typeof asked === 'string' ? { 'client-request-id': asked } : {};
    response.writeHead(status, { 'request-id': 'demo', ...repeated, ...type, ...headers });
    response.end(json === null ? undefined : JSON.stringify(json));
  }

  function issueToken(form: URLSearchParams): Answer {
    if (form.get('client_id') !== application.clientId) {
      return tokenProblem(
        400,
        'unauthorized_client',
        700016,
        'Application was not found in the directory.',
      );
    }
    if (form.get('client_secret') !== acceptedSecret) {
      return tokenProblem(401, 'invalid_client', 7000215, 'Invalid client secret provided.');
    }
    const token = {
      token_type: 'Bearer',
      expires_in: 3599,
      ext_expires_in: 3599,
      access_token: tokenOf(generation),
    };
    return { status: 200, body: token };
  }

  function graph(
    { method, headers }: IncomingMessage,
    path: string,
    query: URLSearchParams,
    body: string,
  ): Answer {
    if (headers.authorization !== `Bearer ${tokenOf(generation)}`) {
      return problem(
        401,
        'InvalidAuthenticationToken',
        'Access token has expired or is not yet valid.',
      );
    }
    const [, version, users, user = '', ...rest] = path.split('/');
    if (version !== 'v1.0' || users !== 'users')
      return problem(404, 'ResourceNotFound', 'Resource could not be discovered.');
    const address = decodeURIComponent(user);
    if (!store.has(address))
      return problem(404, 'ErrorInvalidUser', `The requested user '${address}' is invalid.`);
    const refusal = refusals.get(address.toLowerCase());
    if (refusal) return REFUSALS[refusal];
    const route = `${method ?? 'GET'} ${rest.join('/')}`;
    if (route === 'POST sendMail') return sendMail(address, body);
    if (route === 'GET mailFolders/inbox/messages') return listInbox(address, query);
    const found = resourceOf(route, store.messages(address).length);
    return found
      ? { status: 200, body: found }
      : problem(404, 'ErrorItemNotFound', 'The specified object was not found in the store.');
  }

  /** By time of arrival only; any other question is refused. */
  function listInbox(address: string, query: URLSearchParams): Answer {
    const filter = query.get('$filter');
    const messageId = /^internetMessageId eq '(.+)'$/.exec(filter ?? '')?.[1];
    if (messageId !== undefined) {
      const wanted = store.messages(address).filter(({ raw }) => raw.includes(messageId));
      return { status: 200, body: { value: wanted.map(({ uid }) => ({ id: `message-${uid}` })) } };
    }
    const from = /^receivedDateTime ge (\S+)$/.exec(filter ?? '')?.[1];
    const isKnown = query.get('$orderby') === 'receivedDateTime desc' && filter !== '';
    if (!isKnown || (filter !== null && from === undefined))
      return problem(400, 'BadRequest', 'Invalid filter clause.');
    const found = [...store.messages(address)]
      .reverse()
      .filter(({ receivedAt }) => from === undefined || receivedAt.getTime() >= Date.parse(from));
    const value = found.slice(0, Number(query.get('$top') ?? 10)).map(({ uid, receivedAt }) => ({
      id: `message-${uid}`,
      receivedDateTime: toTheSecond(receivedAt),
    }));
    const count = query.get('$count') === 'true' ? { '@odata.count': found.length } : {};
    return { status: 200, body: { ...count, value } };
  }

  function sendMail(from: string, body: string): Answer {
    const { message } = JSON.parse(body) as {
      message: {
        subject: string;
        body: { content: string };
        internetMessageId?: string;
        toRecipients: readonly { emailAddress: { address: string } }[];
      };
    };
    for (const { emailAddress } of message.toRecipients) {
      if (!store.has(emailAddress.address)) continue;
      const lines = [
        `From: ${from}`,
        `Subject: ${message.subject}`,
        `Message-ID: ${message.internetMessageId ?? ''}`,
        '',
        message.body.content,
      ];
      store.deliver(emailAddress.address, Buffer.from(lines.join('\r\n')));
    }
    return { status: 202, body: null };
  }

  return {
    port: listener.port,
    baseUrl: `https://localhost:${listener.port}`,
    clientSecret(value) {
      acceptedSecret = value;
    },
    revokeTokens() {
      generation += 1;
    },
    refuse(address, refusal) {
      if (refusal === null) refusals.delete(address.toLowerCase());
      else refusals.set(address.toLowerCase(), refusal);
    },
    certificate: (kind) => tls.show(certificates.leaf[kind]),
    down: () => listener.down(),
    up: () => listener.up(),
    stop: () => listener.down(),
  };
}

function resourceOf(route: string, messageCount: number): object | undefined {
  const resources: Readonly<Record<string, object>> = {
    'GET mailFolders/inbox': { id: 'inbox', displayName: 'Inbox', totalItemCount: messageCount },
    'GET calendar': { id: 'calendar', name: 'Calendar' },
    'GET contacts': { value: [] },
    'GET todo/lists': { value: [{ id: 'tasks', displayName: 'Tasks' }] },
  };
  return resources[route];
}

function tokenOf(generation: number): string {
  return `demo-token-${generation}`;
}

function problem(status: number, code: string, message: string): Answer {
  return { status, body: { error: { code, message, innerError: { 'request-id': 'demo' } } } };
}

/** Entra's shape: `AADSTS` number in the text and in `error_codes`. */
function tokenProblem(status: number, error: string, number: number, words: string): Answer {
  return {
    status,
    body: { error, error_description: `AADSTS${number}: ${words}`, error_codes: [number] },
  };
}
