import { createEngineServer } from '../../bot/http/engine-server.ts';
import type { AlertArticle } from '../../services/domain/alert-article.ts';
import type { Failure } from '../../services/domain/failure.ts';
import { idOf, type TestRunId } from '../../services/domain/ids.ts';
import type { SyncEvent } from '../../services/domain/sync-event.ts';
import type { TestRun } from '../../services/domain/test-run.ts';
import { type Log, secretOf } from '../../services/observability/index.ts';
import type { Store, Transaction } from '../../services/store/index.ts';
import {
  createEmbeddedEngine,
  createEngineService,
  createRemoteEngine,
  createToldAlerts,
  type RemoteEngineOptions,
  type SyncEngine,
} from '../../services/sync-engine/index.ts';
import { createFakeScheduler, type FakeScheduler } from './fake-scheduler.ts';
import { createMemoryStore } from './memory-store.ts';
import { createScriptedServer, type ScriptedServer } from './scripted-probe.ts';
import { silentLog } from './silent-log.ts';
import { type RegistryOptions, registryOf } from './sync-registry.ts';

export const ENGINE_KEY = 'a key of thirty-two or more characters';

export const QUICK = {
  answerWithinMs: 5_000,
  retryAfterMs: [10, 20],
  eventsWithinMs: 5_000,
  listenMs: 5_000,
  listenAgainMs: 10,
  listenAgainAtMostMs: 20,
} as const;

/** An engine behind real HTTP on loopback, and the bot's side of it. Both may be restarted alone. */
export interface RemoteEngineWorld {
  readonly url: URL;
  /** Of the bot's latest start. */
  readonly remote: SyncEngine;
  /** What the bot has heard and kept, over all its starts. */
  readonly events: readonly SyncEvent[];
  readonly botStore: Store;
  readonly engineStore: Store;
  /** Of the engine's latest start. */
  readonly engineClock: FakeScheduler;
  /** By what the engine raises alerts. */
  readonly toldAlerts: () => readonly AlertArticle[];
  readonly imap: ScriptedServer;
  readonly smtp: ScriptedServer;
  stopEngine(): Promise<void>;
  /** On the same port and store. */
  startEngine(): Promise<void>;
  /** As on a machine that was set up anew, whose clock may be behind. */
  startEngineAnew(nowMs: number): Promise<void>;
  stopBot(): Promise<void>;
  startBot(sink?: Sink): Promise<void>;
  finished(id: TestRunId): Promise<TestRun>;
  /** Resolves when so many events have been heard. */
  heard(count: number): Promise<void>;
  stop(): Promise<void>;
}

export type Sink = (event: SyncEvent, transaction: Transaction) => Promise<void>;

export async function createRemoteEngineWorld(
  {
    twoOrganizations = false,
    ...bot
  }: Partial<Pick<RemoteEngineOptions, 'key' | 'timing' | 'log' | 'articles'>> &
    Pick<RegistryOptions, 'twoOrganizations'> = {},
  engineLog: Log = silentLog,
): Promise<RemoteEngineWorld> {
  const scheduler = createFakeScheduler();
  let engineStore = createMemoryStore({ clock: scheduler });
  const botStore = createMemoryStore({ clock: scheduler });
  const imap = createScriptedServer('imap');
  const smtp = createScriptedServer('smtp');
  const graph = createScriptedServer('graph');
  const events: SyncEvent[] = [];
  const looks = new Set<() => void>();
  let port = 0;
  let engineClock = scheduler;
  let toldAlerts: () => readonly AlertArticle[] = () => [];
  let running: { stop(): Promise<void> } | null = null;
  let remote: SyncEngine;

  async function startEngine(nowMs = scheduler.now()): Promise<void> {
    const clock = createFakeScheduler(nowMs);
    const engine = createEmbeddedEngine({
      registry: registryOf({ twoOrganizations }),
      store: engineStore,
      scheduler: clock,
      probes: { imap: imap.probe, smtp: smtp.probe, graph: graph.probe },
      senders: { smtp: smtp.sender, graph: graph.sender },
      alertFor: ({ reason }: Failure) => idOf(`topic-of-${reason}`),
      log: silentLog,
    });
    const key = secretOf(ENGINE_KEY);
    const alerts = createToldAlerts(engineStore, () => []);
    const service = createEngineService({
      engine,
      store: engineStore,
      clock,
      key,
      log: engineLog,
      alerts,
    });
    engineClock = clock;
    toldAlerts = () => alerts.articles();
    const server = createEngineServer({
      host: '127.0.0.1',
      port,
      log: engineLog,
      service,
      metrics: async () => service.counts(),
      metricsToken: null,
    });
    await service.start();
    const { url } = await server.start();
    port = Number(new URL(url).port);
    running = {
      async stop() {
        await service.stop();
        await server.stop();
      },
    };
  }

  async function startBot(sink?: Sink): Promise<void> {
    remote = createRemoteEngine({
      url: new URL(`http://127.0.0.1:${String(port)}`),
      key: secretOf(ENGINE_KEY),
      store: botStore,
      log: silentLog,
      articles: () => [],
      timing: QUICK,
      ...bot,
    });
    await remote.start(async (event, transaction) => {
      await sink?.(event, transaction);
      transaction.afterCommit(() => {
        events.push(event);
        for (const look of [...looks]) look();
      });
    });
  }

  async function until(true_: () => Promise<boolean> | boolean): Promise<void> {
    for (;;) {
      const changed = new Promise<void>((resolve) => {
        const look = (): void => {
          looks.delete(look);
          resolve();
        };
        looks.add(look);
      });
      if (await true_()) return;
      await changed;
    }
  }

  async function stopEngine(): Promise<void> {
    await running?.stop();
    running = null;
  }

  await startEngine();
  await startBot();
  return {
    get url() {
      return new URL(`http://127.0.0.1:${String(port)}`);
    },
    get remote() {
      return remote;
    },
    events,
    botStore,
    get engineClock() {
      return engineClock;
    },
    toldAlerts: () => toldAlerts(),
    get engineStore() {
      return engineStore;
    },
    imap,
    smtp,
    startEngine: () => startEngine(),
    async startEngineAnew(nowMs) {
      engineStore = createMemoryStore({ clock: scheduler });
      await startEngine(nowMs);
    },
    stopEngine,
    startBot,
    stopBot: () => remote.stop(),
    async finished(id) {
      let run: TestRun | undefined;
      await until(async () => {
        run = await remote.testRun(id);
        if (run?.state !== 'done') return false;
        // The end of a run is its last event.
        const told = (await engineStore.find('undeliveredEvents')).map(({ number }) => number);
        const last = (await botStore.find('heardEvents')).map(({ number }) => number);
        return Math.max(...told) === Math.max(...last);
      });
      return run!;
    },
    heard: (count) => until(() => events.length >= count),
    async stop() {
      await remote.stop();
      await stopEngine();
    },
  };
}
