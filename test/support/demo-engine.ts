import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../services/config/index.ts';
import { loadStaticDirectory } from '../../services/directory/index.ts';
import { idOf, type MailboxId } from '../../services/domain/ids.ts';
import type { TestRun } from '../../services/domain/test-run.ts';
import { loadKnowledge } from '../../services/knowledge/index.ts';
import { createNotifications } from '../../services/notifications/index.ts';
import { createProbes } from '../../services/probes/index.ts';
import {
  createAlertFor,
  createEmbeddedEngine,
  loadRegistry,
  type SyncEngine,
} from '../../services/sync-engine/index.ts';
import { as } from '../demo/fault.ts';
import { type Breaker, createBreaker } from '../demo/faults.ts';
import { demoPeople, PEOPLE_FILE } from '../demo/people.ts';
import { type DemoWorld, startWorld } from '../demo/world.ts';
import { createFakeScheduler, type FakeScheduler } from './fake-scheduler.ts';
import { createMemoryStore } from './memory-store.ts';
import { createRecordingMessenger } from './recording-messenger.ts';
import { silentLog } from './silent-log.ts';

/** Who got a card about an incident, and whether they must act (`Anna must-act`), or a warning (`Anna warned`). */
export type Told = string;

export interface DemoEngine {
  readonly world: DemoWorld;
  readonly engine: SyncEngine;
  readonly breaker: Breaker;
  readonly scheduler: FakeScheduler;
  /** `incoming location-undetermined`, of the alerts that are open. */
  alerts(mailbox: string): Promise<readonly string[]>;
  /** Who has got a card about an incident or a warning. */
  told(): Promise<readonly Told[]>;
  tested(mailbox: string, by: string): Promise<TestRun>;
  readonly finished: (id: TestRun['id']) => Promise<TestRun>;
  stop(): Promise<void>;
}

// Read once: they are never written, and no test could tell.
const [knowledge, people] = await Promise.all([
  loadKnowledge(join(packageRoot(), 'data')),
  loadStaticDirectory(PEOPLE_FILE),
]);

/** The demo's world with its real servers, the real engine and notifications; time stands still until moved. */
export async function startDemoEngine(): Promise<DemoEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'demo-engine-'));
  const world = await startWorld(folder);
  const registry = await loadRegistry(world.engineFile, {});
  if (registry.kind === 'invalid') throw new TypeError(JSON.stringify(registry.problems));
  if (knowledge.kind === 'invalid') throw new TypeError(JSON.stringify(knowledge.problems));
  if (people.kind === 'invalid') throw new TypeError(JSON.stringify(people.problems));
  // Real certificates end by the real calendar.
  const scheduler = createFakeScheduler(Math.floor(performance.timeOrigin));
  const store = createMemoryStore({ clock: scheduler });
  const engine = createEmbeddedEngine({
    registry: registry.registry,
    store,
    scheduler,
    ...createProbes(),
    alertFor: createAlertFor(() => knowledge.knowledge.articles()),
    log: silentLog,
  });
  const notifications = createNotifications({
    store,
    engine,
    directory: people.directory,
    messenger: createRecordingMessenger(scheduler),
    scheduler,
    log: silentLog,
  });
  const looking = new Set<() => void>();
  await engine.start(async (event, transaction) => {
    await notifications.sink(event, transaction);
    transaction.afterCommit(() => {
      for (const look of [...looking]) look();
    });
  });

  async function finished(id: TestRun['id']): Promise<TestRun> {
    for (;;) {
      const changed = new Promise<void>((resolve) => {
        const look = (): void => {
          looking.delete(look);
          resolve();
        };
        looking.add(look);
      });
      const run = await engine.testRun(id);
      if (run?.state === 'done') return run;
      await changed;
    }
  }

  return {
    world,
    engine,
    breaker: createBreaker({ world, engine }),
    scheduler,
    async alerts(mailbox) {
      const open = await engine.openAlerts(idOf<MailboxId>(mailbox));
      return open.map(({ direction, topic }) => `${direction} ${topic}`).sort();
    },
    async told() {
      return (await store.find('outbox'))
        .flatMap(({ work }) => {
          if (work.kind !== 'send') return [];
          const { reference } = work;
          if (reference.card !== 'incident' && reference.card !== 'early-warning') return [];
          const person = demoPeople.find(({ id }) => id === work.recipientId);
          const what = reference.card === 'incident' ? reference.audience : 'warned';
          return [`${person?.name.split(' ')[0] ?? '?'} ${what}`];
        })
        .sort();
    },
    async tested(mailbox, by) {
      const answer = await engine.testAndEnable(idOf<MailboxId>(mailbox), as(by));
      if (answer.kind !== 'started') throw new TypeError(`Test & enable said ${answer.kind}`);
      return finished(answer.testRunId);
    },
    finished,
    async stop() {
      await engine.stop();
      await world.stop();
      await rm(folder, { recursive: true });
    },
  };
}
