import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { idOf } from '../../../services/domain/ids.ts';
import { createLog, secretOf } from '../../../services/observability/index.ts';
import {
  createRemoteEngine,
  type SyncEngine,
  WIRE_HEADER,
  WIRE_VERSION,
} from '../../../services/sync-engine/index.ts';
import { createFakeScheduler } from '../../support/fake-scheduler.ts';
import { createMemoryStore } from '../../support/memory-store.ts';
import { createRemoteEngineWorld, ENGINE_KEY, QUICK } from '../../support/remote-engine-world.ts';
import { silentLog } from '../../support/silent-log.ts';
import { ANNA, by } from '../../support/sync-world.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A server that is no engine, and a client of it. */
async function clientOf(handler: Handler, answerWithinMs = 5_000): Promise<SyncEngine> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return createRemoteEngine({
    url: new URL(`http://127.0.0.1:${String(port)}`),
    key: secretOf(ENGINE_KEY),
    store: createMemoryStore({ clock: createFakeScheduler() }),
    log: silentLog,
    articles: () => [],
    timing: { ...QUICK, answerWithinMs },
  });
}

const answerWith = (response: ServerResponse, status: number, body: unknown = {}): void => {
  response.writeHead(status, {
    'content-type': 'application/json',
    [WIRE_HEADER]: String(WIRE_VERSION),
  });
  response.end(JSON.stringify(body));
};

describe('an engine that cannot be asked', () => {
  it('is unavailable when the key is another one, and is not asked again', async () => {
    let asked = 0;
    const engine = await clientOf((_request, response) => {
      asked += 1;
      answerWith(response, 401);
    });
    await expect(engine.openAlerts(ANNA)).rejects.toMatchObject({
      code: 'engine-unavailable',
      detail: expect.stringContaining('ENGINE_KEY') as string,
    });
    expect(asked).toBe(1);
  });

  it('is asked again when it was only busy, with the same key for the same wish', async () => {
    const bodies: string[] = [];
    const engine = await clientOf((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        bodies.push(body);
        if (bodies.length < 3) answerWith(response, 503);
        else answerWith(response, 200, { result: { kind: 'not-found' }, newestEvent: null });
      });
    });
    expect(await engine.approve(ANNA, by('admin', { key: 'one' }))).toEqual({ kind: 'not-found' });
    expect(new Set(bodies)).toEqual(
      new Set([
        JSON.stringify({
          arguments: ['anna'],
          context: {
            actorId: 'admin',
            idempotencyKey: 'one',
            selfApproval: false,
            markAsPrimary: false,
          },
        }),
      ]),
    );
    expect(bodies).toHaveLength(3);
  });

  it('is unavailable when it says nothing for too long', async () => {
    const engine = await clientOf(() => undefined, 30);
    await expect(engine.openAlerts(ANNA)).rejects.toMatchObject({
      code: 'engine-unavailable',
      detail: expect.stringContaining('no answer in time') as string,
    });
  });

  it('is unavailable when it cuts the connection', async () => {
    const engine = await clientOf((request) => request.socket.destroy());
    await expect(engine.limits(ANNA)).rejects.toMatchObject({ code: 'engine-unavailable' });
  });

  it('is unavailable when it answers with something else, and a redirect is not followed', async () => {
    const other = await clientOf((_request, response) =>
      answerWith(response, 200, { result: [{ id: 'x', password: 'p' }], newestEvent: null }),
    );
    await expect(other.openAlerts(ANNA)).rejects.toMatchObject({ code: 'engine-version' });
    let followed = false;
    const elsewhere = await clientOf((request, response) => {
      if (request.url === '/stolen') followed = true;
      response.writeHead(307, { location: '/stolen' });
      response.end();
    });
    await expect(elsewhere.openAlerts(ANNA)).rejects.toMatchObject({ code: 'engine-unavailable' });
    expect(followed).toBe(false);
  });

  it('is left at once when the caller has no more use for the answer', async () => {
    const caller = new AbortController();
    const engine = await clientOf(() => caller.abort(new Error('the bot stops')));
    const asked = engine.approve(ANNA, by('admin', { signal: caller.signal }));
    await expect(asked).rejects.toThrow('the bot stops');
    const late = engine.testAndEnable(ANNA, by('admin', { signal: caller.signal }));
    await expect(late).rejects.toThrow('the bot stops');
  });
});

it('a test ends when its caller raises the signal, as with an engine of this process', async () => {
  const world = await createRemoteEngineWorld();
  onTestFinished(() => world.stop());
  const { begun } = world.imap.holds();
  const caller = new AbortController();
  const answer = await world.remote.testAndEnable(ANNA, by('admin', { signal: caller.signal }));
  await begun;
  caller.abort();
  const run = await world.finished(answer.kind === 'started' ? answer.testRunId : idOf(''));
  expect(run.results.incoming).toMatchObject({ outcome: 'interrupted' });
});

it('a key that the engine refuses stands in no log', async () => {
  let written = '';
  const log = createLog(
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        written += chunk.toString();
        done();
      },
    }),
  );
  const wrong = 'another key of thirty-two characters!';
  const world = await createRemoteEngineWorld({ key: secretOf(wrong), log });
  onTestFinished(() => world.stop());
  await expect(world.remote.openAlerts(ANNA)).rejects.toThrow('does not accept ENGINE_KEY');
  await expect.poll(() => written).toContain('engine-not-heard');
  expect(written).not.toContain(wrong);
  expect(written).not.toContain(ENGINE_KEY);
});
