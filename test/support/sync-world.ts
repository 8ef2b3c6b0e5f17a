import type { Failure } from '../../services/domain/failure.ts';
import { idOf, type MailboxId, type TestRunId } from '../../services/domain/ids.ts';
import type { Direction, Mailbox } from '../../services/domain/mailbox.ts';
import type { ProcessedTurn } from '../../services/domain/processed-turn.ts';
import type { SyncEvent, SyncEventKind } from '../../services/domain/sync-event.ts';
import type { TestRun } from '../../services/domain/test-run.ts';
import type { Store } from '../../services/store/index.ts';
import {
  type ActionContext,
  createEmbeddedEngine,
  mailboxById,
  type Registry,
  type SwitchOff,
  type SyncEngine,
} from '../../services/sync-engine/index.ts';
import { createFakeScheduler, type FakeScheduler } from './fake-scheduler.ts';
import { createMemoryDisk, createMemoryStore, type MemoryDisk } from './memory-store.ts';
import { createScriptedServer, type ScriptedServer } from './scripted-probe.ts';
import { silentLog } from './silent-log.ts';
import { type RegistryOptions, registryOf } from './sync-registry.ts';

export const ANNA = idOf<MailboxId>('anna');

/** Meets nobody but who sends by Exchange Online with a password. */
export const SMTP_WITH_PASSWORD: SwitchOff = {
  id: 'smtp-password-exchange-online',
  at: '2026-12-31T00:00:00.000Z',
  topic: idOf('smtp-auth-blocked'),
  protocol: 'smtp',
  service: 'exchange-online',
  password: true,
};

export interface SyncWorld {
  readonly engine: SyncEngine;
  readonly scheduler: FakeScheduler;
  readonly store: Store;
  readonly disk: MemoryDisk;
  readonly events: readonly SyncEvent[];
  /** Turns of the schedule that have ended. */
  readonly turns: readonly ProcessedTurn[];
  readonly imap: ScriptedServer;
  readonly smtp: ScriptedServer;
  readonly graph: ScriptedServer;
  readonly ews: ScriptedServer;
  /** Another process on the same store: the first engine is left as it stands. */
  restart(options?: RegistryOptions): Promise<SyncWorld>;
  eventsOf<Kind extends SyncEventKind>(kind: Kind): readonly Extract<SyncEvent, { kind: Kind }>[];
  mailbox(id?: MailboxId): Promise<Mailbox>;
  direction(direction: Direction): Promise<Mailbox['directions'][Direction]>;
  /** Test & Enable, awaited. */
  tested(id?: MailboxId): Promise<TestRun>;
  readonly finished: (id: TestRunId) => Promise<TestRun>;
}

interface Shared {
  readonly store: Store;
  readonly disk: MemoryDisk;
  readonly scheduler: FakeScheduler;
  readonly servers: {
    readonly imap: ScriptedServer;
    readonly smtp: ScriptedServer;
    readonly graph: ScriptedServer;
    readonly ews: ScriptedServer;
  };
}

export async function createSyncWorld(options: RegistryOptions = {}): Promise<SyncWorld> {
  const scheduler = createFakeScheduler();
  const disk = createMemoryDisk();
  return openSyncWorld(registryOf(options), {
    store: createMemoryStore({ clock: scheduler, disk }),
    disk,
    scheduler,
    servers: {
      imap: createScriptedServer('imap'),
      smtp: createScriptedServer('smtp'),
      graph: createScriptedServer('graph'),
      ews: createScriptedServer('ews'),
    },
  });
}

async function openSyncWorld(registry: Registry, shared: Shared): Promise<SyncWorld> {
  const { store, disk, scheduler, servers } = shared;
  const { imap, smtp, graph, ews } = servers;
  const events: SyncEvent[] = [];
  const turns: ProcessedTurn[] = [];
  const waiting = new Set<() => void>();
  const engine = createEmbeddedEngine({
    registry,
    store,
    scheduler,
    probes: { imap: imap.probe, smtp: smtp.probe, graph: graph.probe, ews: ews.probe },
    senders: { smtp: smtp.sender, graph: graph.sender, ews: ews.sender },
    alertFor: ({ reason }: Failure) => idOf(`topic-of-${reason}`),
    log: silentLog,
    switchOffs: [SMTP_WITH_PASSWORD],
    onProcessed: (turn) => turns.push(turn),
  });
  await engine.start(async (event, transaction) => {
    transaction.afterCommit(() => {
      events.push(event);
      for (const look of [...waiting]) look();
    });
  });

  async function finished(id: TestRunId): Promise<TestRun> {
    for (;;) {
      const changed = new Promise<void>((resolve) => {
        const look = (): void => {
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
      });
      const run = await engine.testRun(id);
      if (run?.state === 'done') return run;
      await changed;
    }
  }
  const mailbox = async (id = ANNA): Promise<Mailbox> => {
    const found = await mailboxById(engine, id);
    if (found === undefined) throw new TypeError(`no mailbox ${id}`);
    return found;
  };
  return {
    engine,
    scheduler,
    store,
    disk,
    events,
    turns,
    ...servers,
    restart: (options = {}) =>
      openSyncWorld(registryOf(options), {
        ...shared,
        scheduler: createFakeScheduler(scheduler.now()),
      }),
    eventsOf: <Kind extends SyncEventKind>(kind: Kind) =>
      events.filter((event): event is Extract<SyncEvent, { kind: Kind }> => event.kind === kind),
    mailbox,
    direction: async (direction) => (await mailbox()).directions[direction],
    async tested(id = ANNA) {
      const answer = await engine.testAndEnable(id, by());
      if (answer.kind !== 'started') throw new TypeError(`Test & enable said ${answer.kind}`);
      return finished(answer.testRunId);
    },
    finished,
  };
}

let presses = 0;
/** Each call is another press of a button unless the key is given. */
export function by(
  userId = 'admin',
  { key, signal = new AbortController().signal }: { key?: string; signal?: AbortSignal } = {},
): ActionContext {
  presses += 1;
  return {
    actor: { userId: idOf(userId) },
    idempotencyKey: key ?? `press-${presses}`,
    signal,
  };
}
