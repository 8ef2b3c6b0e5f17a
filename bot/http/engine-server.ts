import restify from 'restify';
import type { Log, Secret } from '../../services/observability/index.ts';
import {
  type EngineService,
  WIRE_HEADER,
  WIRE_PATH,
  WIRE_VERSION,
} from '../../services/sync-engine/index.ts';
import { answerMetrics, type Metrics, mayReadMetrics } from './metrics-answer.ts';
import {
  closeSoon,
  createQuietServer,
  type HttpServer,
  isJson,
  listenOn,
  refusal,
} from './quiet-server.ts';
import { send } from './server.ts';

/** The largest thing that is sent here is a message to be mailed, as text. */
const MAX_BODY_BYTES = 2 * 1024 * 1024;

export interface EngineServerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly log: Log;
  readonly service: Pick<EngineService, 'authorised' | 'answer'>;
  readonly metrics: Metrics;
  readonly metricsToken: Secret | null;
}

const WITHOUT_KEY: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);
/** "Upgrade Required". */
const OTHER_VERSION = 426;

/** HTTP for an engine of its own process: one caller, who has the key. TLS is a proxy's. */
export function createEngineServer(options: EngineServerOptions): HttpServer {
  const { host, port, log, service } = options;
  const server = createQuietServer(log);
  let stopping = false;

  // Before the body is read: a stranger's is not.
  server.use(async (request: restify.Request, response: restify.Response) => {
    if (stopping) response.setHeader('Connection', 'close');
    if (WITHOUT_KEY.has(request.getPath())) return;
    if (!service.authorised(request.headers.authorization)) throw refusal(401);
    response.setHeader(WIRE_HEADER, String(WIRE_VERSION));
    const spoken = request.headers[WIRE_HEADER];
    if (spoken !== String(WIRE_VERSION)) {
      const bot = typeof spoken === 'string' ? spoken.slice(0, 20) : 'none';
      log.warn('bot-of-another-version', { bot, engine: WIRE_VERSION });
      throw refusal(OTHER_VERSION);
    }
    if (request.method === 'POST' && !isJson(request.headers['content-type'])) throw refusal(415);
  });
  server.use(restify.plugins.bodyParser({ maxBodySize: MAX_BODY_BYTES, mapParams: false }));

  server.get('/healthz', async (_request: restify.Request, response: restify.Response) => {
    await send(response, { status: 200, body: { status: 'alive' } });
  });
  // It listens only while the engine works, and tells a balancer before it stops.
  server.get('/readyz', async (_request: restify.Request, response: restify.Response) => {
    const status = stopping ? 503 : 200;
    await send(response, { status, body: { status: stopping ? 'not-ready' : 'ready' } });
  });
  server.get('/metrics', async (request: restify.Request, response: restify.Response) => {
    if (!mayReadMetrics(request, options.metricsToken)) throw refusal(403);
    await answerMetrics(response, options.metrics);
  });
  server.post(`${WIRE_PATH}:name`, async (request: restify.Request, response: restify.Response) => {
    const hungUp = new AbortController();
    response.once('close', () => hungUp.abort());
    const { name } = request.params as { readonly name: string };
    const answer = await service.answer(name, request.body, hungUp.signal);
    await send(response, answer);
  });

  return {
    start: () => listenOn(server, host, port),
    async stop() {
      stopping = true;
      await closeSoon(server);
    },
  };
}
