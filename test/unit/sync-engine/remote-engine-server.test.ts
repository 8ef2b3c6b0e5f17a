import { describe, expect, it, type TestContext } from 'vitest';
import { createEngineServer } from '../../../bot/http/engine-server.ts';
import { idOf } from '../../../services/domain/ids.ts';
import { secretOf } from '../../../services/observability/index.ts';
import {
  createEngineService,
  type SyncEngine,
  WIRE_HEADER,
  WIRE_VERSION,
} from '../../../services/sync-engine/index.ts';
import { createFakeScheduler } from '../../support/fake-scheduler.ts';
import { createMemoryStore } from '../../support/memory-store.ts';
import {
  createRemoteEngineWorld,
  ENGINE_KEY,
  type RemoteEngineWorld,
} from '../../support/remote-engine-world.ts';
import { silentLog } from '../../support/silent-log.ts';
import { createSyncWorld } from '../../support/sync-world.ts';

interface Asked {
  readonly status: number;
  readonly body: string;
}

async function ask(
  url: URL,
  name: string,
  body: string,
  {
    key = ENGINE_KEY,
    type = 'application/json',
    version = String(WIRE_VERSION),
  }: { key?: string | null; type?: string; version?: string } = {},
): Promise<Asked> {
  const response = await fetch(new URL(`/engine/v1/${name}`, url), {
    method: 'POST',
    headers: {
      'content-type': type,
      [WIRE_HEADER]: version,
      ...(key !== null && { authorization: `Bearer ${key}` }),
    },
    body,
  });
  return { status: response.status, body: await response.text() };
}

async function openWorld({ onTestFinished }: TestContext): Promise<RemoteEngineWorld> {
  const world = await createRemoteEngineWorld();
  onTestFinished(() => world.stop());
  return world;
}

const ALERTS = JSON.stringify({ arguments: ['anna'] });

describe('the server of a remote engine', () => {
  it('answers who has the key, and nobody else, with an empty body', async (context) => {
    const { url } = await openWorld(context);
    expect(await ask(url, 'openAlerts', ALERTS)).toMatchObject({ status: 200 });
    const empty = { status: 401, body: '' };
    for (const key of [null, '', 'x', `${ENGINE_KEY}x`, ENGINE_KEY.slice(0, -1)]) {
      expect(await ask(url, 'openAlerts', ALERTS, { key })).toEqual(empty);
    }
    // Nobody learns without the key which questions there are.
    expect(await ask(url, 'nonsense', '{}', { key: 'x' })).toEqual(empty);
  });

  it('lets the body of a stranger alone', async (context) => {
    const { url } = await openWorld(context);
    const broken = await ask(url, 'openAlerts', '{"arguments":', { key: 'x' });
    expect(broken).toEqual({ status: 401, body: '' });
  });

  it.each([
    ['no such method of the port', 'format', '{}', 404],
    ['an inherited name', 'constructor', '{}', 404],
    ['what is no question', 'start', '{"arguments":[]}', 404],
    ['JSON that is broken', 'openAlerts', '{"arguments":', 400],
    ['a number for a mailbox', 'openAlerts', '{"arguments":[7]}', 400],
    ['an argument too many', 'openAlerts', '{"arguments":["anna","olga"]}', 400],
    ['an action without its context', 'approve', '{"arguments":["anna"]}', 400],
    [
      'a question with the context of an action',
      'openAlerts',
      '{"arguments":["anna"],"context":{"actorId":"a","idempotencyKey":"k","selfApproval":false}}',
      400,
    ],
    ['a listener of another version', 'listen', '{"after":3}', 400],
    ['more than 2 MB', 'openAlerts', `{"arguments":["${'x'.repeat(2_200_000)}"]}`, 413],
  ])('refuses %s with an empty body', async (_, name, body, status) => {
    const world = await createRemoteEngineWorld();
    const answer = await ask(world.url, name, body).finally(() => world.stop());
    expect(answer).toEqual({ status, body: '' });
  });

  it('takes nothing but JSON', async (context) => {
    const { url } = await openWorld(context);
    const answer = await ask(url, 'openAlerts', ALERTS, { type: 'text/plain' });
    expect(answer).toEqual({ status: 415, body: '' });
  });

  it('never sends a profile with a credential in it', async ({ onTestFinished }) => {
    const { engine: well, scheduler: clock } = await createSyncWorld();
    const engine: SyncEngine = {
      ...well,
      async profile(id) {
        const profile = await well.profile(id);
        return profile && { ...profile, password: 'slipped in by mistake' };
      },
    };
    const service = createEngineService({
      engine,
      store: createMemoryStore({ clock }),
      clock: createFakeScheduler(),
      key: secretOf(ENGINE_KEY),
      log: silentLog,
      alerts: { load: async () => undefined, tell: async () => undefined },
    });
    const server = createEngineServer({
      host: '127.0.0.1',
      port: 0,
      log: silentLog,
      service,
      metrics: async () => ({}),
      metricsToken: null,
    });
    const { url } = await server.start();
    onTestFinished(() => server.stop());
    const body = JSON.stringify({ arguments: [idOf('imap')] });
    expect(await ask(new URL(url), 'profile', body)).toEqual({ status: 500, body: '' });
  });
});
