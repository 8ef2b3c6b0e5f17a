import { describe, expect, it, type TestContext } from 'vitest';
import { idOf } from '../../../services/domain/ids.ts';
import type { SyncEvent } from '../../../services/domain/sync-event.ts';
import { type Log, secretOf } from '../../../services/observability/index.ts';
import { createRemoteEngine } from '../../../services/sync-engine/index.ts';
import { createFakeScheduler } from '../../support/fake-scheduler.ts';
import { createMemoryStore } from '../../support/memory-store.ts';
import { createRecordingLog } from '../../support/recording-log.ts';
import {
  createRemoteEngineWorld,
  ENGINE_KEY,
  QUICK,
  type RemoteEngineWorld,
} from '../../support/remote-engine-world.ts';
import { ANNA, by } from '../../support/sync-world.ts';

const LEASE_MS = 120_000;
const OLGA = idOf<typeof ANNA>('olga');

/** A bot with data of its own. */
function anotherBot({ onTestFinished }: TestContext, { url }: RemoteEngineWorld, log: Log) {
  const events: SyncEvent[] = [];
  const engine = createRemoteEngine({
    url,
    key: secretOf(ENGINE_KEY),
    store: createMemoryStore({ clock: createFakeScheduler() }),
    log,
    articles: () => [],
    timing: QUICK,
  });
  onTestFinished(() => engine.stop());
  const start = () =>
    engine.start(async (event, transaction) => {
      transaction.afterCommit(() => void events.push(event));
    });
  return { engine, events, start };
}

async function openWorld({ onTestFinished }: TestContext, log: Log): Promise<RemoteEngineWorld> {
  const world = await createRemoteEngineWorld({}, log);
  onTestFinished(() => world.stop());
  return world;
}

describe('an engine and its one bot', () => {
  it('tells a second bot that it is taken, and what to do, and goes on with the first', async (context) => {
    const engineLog = createRecordingLog();
    const log = createRecordingLog();
    const { lines } = log;
    const world = await openWorld(context, engineLog);
    await world.remote.approve(OLGA, by());
    const second = anotherBot(context, world, log);
    await second.start();
    await expect.poll(() => lines.length).toBeGreaterThan(0);
    expect(lines[0]).toMatchObject({
      event: 'engine-not-heard',
      fields: {
        code: 'engine-in-use',
        reason: expect.stringMatching(/stop the other one/) as string,
      },
    });
    await world.remote.reject(OLGA, by());
    expect(world.events.filter(({ kind }) => kind === 'approval-changed')).toHaveLength(2);
    expect(second.events).toEqual([]);
    expect(engineLog.lines.filter(({ event }) => event === 'second-bot-refused')).toHaveLength(1);
  });

  it('lets the bot that it had take over at once, also after a restart of the engine', async (context) => {
    const log = createRecordingLog();
    const world = await openWorld(context, log);
    await world.remote.approve(OLGA, by());
    await world.stopBot();
    await world.startBot();
    await world.remote.reject(OLGA, by());
    await world.stopEngine();
    await world.startEngine();
    await world.remote.approve(OLGA, by());
    await world.heard(3);
  });

  it('hears another bot when the first has been silent for two minutes', async (context) => {
    const log = createRecordingLog();
    const { lines } = log;
    const world = await openWorld(context, log);
    await world.remote.approve(OLGA, by());
    await world.stopBot();
    await world.remote.reject(OLGA, by());
    const second = anotherBot(context, world, createRecordingLog());
    await second.start();
    await world.engineClock.advance(LEASE_MS - 1);
    await expect.poll(() => lines.some(({ event }) => event === 'second-bot-refused')).toBe(true);
    expect(second.events).toEqual([]);
    await world.engineClock.advance(1);
    const last = () => second.events.at(-1);
    await expect.poll(last).toMatchObject({ kind: 'approval-changed', approved: false });
    expect(lines.some(({ event }) => event === 'bot-replaced')).toBe(true);
  });

  it('keeps the lease over its own restart: no other bot slips in between', async (context) => {
    const log = createRecordingLog();
    const { lines } = log;
    const world = await openWorld(context, log);
    await world.remote.approve(OLGA, by());
    await world.stopBot();
    await world.stopEngine();
    await world.startEngine();
    const second = anotherBot(context, world, createRecordingLog());
    await second.start();
    await expect.poll(() => lines.some(({ event }) => event === 'second-bot-refused')).toBe(true);
    expect(second.events).toEqual([]);
  });
});
