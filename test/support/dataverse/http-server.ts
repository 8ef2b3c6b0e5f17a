import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { emptyAnswer, refusalAnswer } from './answers.ts';
import { runBatch } from './batch.ts';
import type { Caller } from './callers.ts';
import { answerOf, type Fault, type Faults } from './faults.ts';
import type { Answer, Ask, Inside } from './inside.ts';
import { noSegment, Refusal } from './refusal.ts';
import type { Handle } from './router.ts';
import type { ServiceProtection } from './service-protection.ts';

const BASE = '/api/data/v9.2/';
/** Documented: longer queries go into a batch. */
const LONGEST_URL = 32_768;

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly search: string;
  /** Undefined: nobody who was let in. */
  readonly userId: string | undefined;
  readonly headers: Ask['headers'];
}

export interface HttpServer {
  readonly port: number;
  readonly seen: readonly Seen[];
  /** Resolves when so many requests have come since the start. */
  whenSeen(count: number): Promise<void>;
  stop(): Promise<void>;
}

interface Parts {
  readonly inside: Inside;
  readonly handle: Handle;
  readonly faults: Faults;
  readonly protection: ServiceProtection;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

const headersOf = (request: IncomingMessage): Ask['headers'] =>
  Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );

function send(response: ServerResponse, { status, headers, body }: Answer, now: number): void {
  const date = new Date(now).toUTCString();
  const served = { date, ...headers, 'x-ms-service-request-id': randomUUID() };
  response.writeHead(status, served).end(body);
}

/** What the HTTP side does before and after the work: tokens, limits, faults that were scripted. */
export async function startHttpServer(parts: Parts): Promise<HttpServer> {
  const { inside, handle, faults, protection } = parts;
  const seen: Seen[] = [];
  const waiting = new Set<() => void>();

  const work = (ask: Ask): Answer =>
    ask.path === '$batch' && ask.method === 'POST' ? runBatch(inside, handle, ask) : handle(ask);

  function inTime(fault: Fault | undefined): Promise<void> {
    if (fault?.kind !== 'slow') return Promise.resolve();
    return new Promise((resolve) => inside.scheduler.after(fault.ms, resolve));
  }

  async function answer(ask: Ask, fault: Fault | undefined): Promise<Answer> {
    const entry = protection.enter(ask.caller.userId);
    try {
      const scripted = fault && answerOf(fault);
      if (scripted !== undefined) return scripted;
      await inTime(fault);
      const done = work(ask);
      return { ...done, headers: { ...done.headers, ...entry.headers } };
    } finally {
      entry.leave();
    }
  }

  function authenticate(headers: Ask['headers']): Caller | Refusal {
    try {
      return inside.callers.authenticate(headers.authorization);
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? '';
    const [fullPath = ''] = url.split('?');
    const search = url.includes('?') ? url.slice(url.indexOf('?')) : '';
    const headers = headersOf(request);
    const body = await bodyOf(request);
    const method = request.method ?? 'GET';
    const path = fullPath.slice(BASE.length).replace(/%2[4789]/g, decodeURIComponent);
    const caller = authenticate(headers);
    const userId = caller instanceof Refusal ? undefined : caller.userId;
    seen.push({ method, path, search, userId, headers });
    for (const check of waiting) check();
    if (caller instanceof Refusal) throw caller;
    if (url.length > LONGEST_URL) throw new Refusal(414, '', 'The request URL is too long.');
    if (!fullPath.startsWith(BASE)) throw noSegment(fullPath);
    const ask: Ask = { method, path, search, headers, body, caller };
    const fault = faults.take(method, path);
    if (fault?.kind === 'cut') {
      if (fault.after === 'the-work') work(ask);
      request.socket.destroy();
      return;
    }
    send(response, await answer(ask, fault), inside.now());
  }

  const server = createServer({ maxHeaderSize: 4 * LONGEST_URL }, (request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (error instanceof Refusal) {
        send(response, refusalAnswer(error), inside.now());
        return;
      }
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      send(
        response,
        { ...emptyAnswer(500), body: `The fake itself failed: ${text}` },
        inside.now(),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    seen,
    whenSeen: (count) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (seen.length < count) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
