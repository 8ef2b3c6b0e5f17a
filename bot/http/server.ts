import { finished } from 'node:stream/promises';
import restify from 'restify';
import { asAppError, type Log, type Secret } from '../../services/observability/index.ts';
import { answerWebhook, type DynamicsWebhook, WEBHOOK_PATH } from './dynamics-webhook.ts';
import { answerMetrics, type Metrics, mayReadMetrics } from './metrics-answer.ts';
import {
  closeSoon,
  createQuietServer,
  type HttpServer,
  isJson,
  listenOn,
  refusal,
} from './quiet-server.ts';

/** The longest activity that is read: a pasted message of 1 MB still gets a polite answer. */
const MAX_BODY_BYTES = 2 * 1024 * 1024;

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  /** Runs when the caller has the answer. */
  readonly afterFlush?: () => Promise<void>;
}

export interface HttpServerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly log: Log;
  /** `POST /api/messages`; authenticates its caller. */
  readonly messages: (authorization: string, body: unknown) => Promise<Answer>;
  readonly ready: () => boolean;
  readonly metrics: Metrics;
  readonly metricsToken: Secret | null;
  /** Null where nobody is to say that something changed. */
  readonly webhook: DynamicsWebhook | null;
  /** Answers only requests whose Host is loopback: the demo, whose callers are not authenticated. */
  readonly loopbackOnly: boolean;
}

export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { host, port, log } = options;
  const server = createQuietServer(log);
  let stopping = false;
  let requests = 0;

  server.use(async (request: restify.Request, response: restify.Response) => {
    requests += 1;
    if (stopping) response.setHeader('Connection', 'close');
    if (options.loopbackOnly && !isLoopbackHost(request.headers.host)) throw refusal(403);
    if (request.method === 'POST' && !isJson(request.headers['content-type'])) throw refusal(415);
  });
  server.use(restify.plugins.bodyParser({ maxBodySize: MAX_BODY_BYTES, mapParams: false }));

  server.post('/api/messages', async (request: restify.Request, response: restify.Response) => {
    const answer = await options.messages(request.headers.authorization ?? '', request.body);
    await send(response, answer);
    if (answer.afterFlush !== undefined) {
      await answer.afterFlush().catch((error: unknown) => {
        log.error('after-flush-failed', { reason: asAppError(error).code });
      });
    }
  });
  const { webhook } = options;
  if (webhook !== null) {
    server.post(WEBHOOK_PATH, async (request: restify.Request, response: restify.Response) => {
      await send(response, answerWebhook(request, webhook));
    });
  }
  server.get('/healthz', async (_request: restify.Request, response: restify.Response) => {
    await send(response, { status: 200, body: { status: 'alive' } });
  });
  server.get('/readyz', async (_request: restify.Request, response: restify.Response) => {
    const ready = !stopping && options.ready();
    await send(response, {
      status: ready ? 200 : 503,
      body: { status: ready ? 'ready' : 'not-ready' },
    });
  });
  server.get('/metrics', async (request: restify.Request, response: restify.Response) => {
    if (!mayReadMetrics(request, options.metricsToken)) throw refusal(403);
    await answerMetrics(response, async () => ({
      http_requests: requests,
      ...(await options.metrics()),
    }));
  });

  return {
    start: () => listenOn(server, host, port),
    async stop() {
      stopping = true;
      await closeSoon(server);
    },
  };
}

export async function send(response: restify.Response, { status, body }: Answer): Promise<void> {
  // Also when the caller has gone away: what follows the answer does not depend on them.
  const flushed = finished(response).catch(() => undefined);
  if (body === undefined) response.sendRaw(status, '', { 'Content-Length': '0' });
  else response.send(status, body);
  await flushed;
}

const LOOPBACK_HOSTS = ['127.0.0.1', 'localhost', '[::1]'];

function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && LOOPBACK_HOSTS.includes(host.replace(/:\d+$/, '').toLowerCase());
}
