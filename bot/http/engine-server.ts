import restify from 'restify';
import type { Log } from '../../services/observability/index.ts';
import { type EngineService, WIRE_PATH } from '../../services/sync-engine/index.ts';
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
}

/** HTTP for an engine of its own process: one caller, who has the key. TLS is a proxy's. */
export function createEngineServer({ host, port, log, service }: EngineServerOptions): HttpServer {
  const server = createQuietServer(log);
  let stopping = false;

  // Before the body is read: a stranger's is not.
  server.use(async (request: restify.Request, response: restify.Response) => {
    if (stopping) response.setHeader('Connection', 'close');
    if (request.getPath() === '/healthz') return;
    if (!service.authorised(request.headers.authorization)) throw refusal(401);
    if (request.method === 'POST' && !isJson(request.headers['content-type'])) throw refusal(415);
  });
  server.use(restify.plugins.bodyParser({ maxBodySize: MAX_BODY_BYTES, mapParams: false }));

  server.get('/healthz', async (_request: restify.Request, response: restify.Response) => {
    await send(response, { status: 200, body: { status: 'alive' } });
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
