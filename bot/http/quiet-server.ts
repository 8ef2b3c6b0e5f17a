import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import restify from 'restify';
import { AppError, asAppError, type Log } from '../../services/observability/index.ts';

/** Connections that linger are cut after this, so that stopping takes well under 10 s. */
const DRAIN_MS = 4_000;

export interface HttpServer {
  start(): Promise<{ readonly url: string }>;
  stop(): Promise<void>;
}

/** restify without its talkativeness: whatever goes wrong is answered with a status and nothing else. */
export function createQuietServer(log: Log): restify.Server {
  const server = restify.createServer({
    name: '',
    handleUncaughtExceptions: false,
    ignoreTrailingSlash: true,
  });
  // restify puts the message of whatever was thrown into the answer; only the status leaves this house.
  server.on(
    'restifyError',
    (request: restify.Request, response: restify.Response, error: unknown, done: () => void) => {
      const status = (error as { readonly statusCode?: unknown }).statusCode;
      const code = typeof status === 'number' ? status : 500;
      if (code >= 500) {
        log.error('request-failed', { path: request.getPath(), reason: asAppError(error).code });
      }
      response.sendRaw(code, '', { 'Content-Length': '0' });
      done();
    },
  );
  // Without a listener restify throws these out of the program; start() reports the first one.
  server.on('error', () => undefined);
  // restify takes the event away from Node, which would have closed the connection.
  server.on('upgrade', (_request: unknown, socket: Duplex) => socket.destroy());
  return server;
}

export async function listenOn(
  server: restify.Server,
  host: string,
  port: number,
): Promise<{ readonly url: string }> {
  server.listen(port, host);
  try {
    await once(server.server, 'listening');
  } catch (error) {
    const inUse = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    throw inUse
      ? new AppError('port-in-use', `${host}:${port}`, { cause: error })
      : asAppError(error);
  }
  const address = server.server.address() as AddressInfo;
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return { url: `http://${name}:${address.port}` };
}

/** Lets requests under way come to their end, for a while. */
export async function closeSoon({ server: http }: restify.Server): Promise<void> {
  if (!http.listening) return;
  const closed = once(http, 'close');
  http.close();
  http.closeIdleConnections();
  const cut = setTimeout(() => http.closeAllConnections(), DRAIN_MS);
  await closed;
  clearTimeout(cut);
}

export function refusal(statusCode: number): Error {
  return Object.assign(new AppError('unexpected', `refused with ${statusCode}`), { statusCode });
}

export function isJson(contentType: string | undefined): boolean {
  return contentType?.split(';')[0]?.trim().toLowerCase() === 'application/json';
}
