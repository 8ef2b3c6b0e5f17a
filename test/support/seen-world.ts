import { idOf } from '../../services/domain/ids.ts';
import type { Mailbox } from '../../services/domain/mailbox.ts';
import type { EmailServerProfile } from '../../services/domain/profile.ts';
import type { SyncEvent } from '../../services/domain/sync-event.ts';
import { instantOf } from '../../services/domain/time.ts';
import type { Store, Transaction } from '../../services/store/index.ts';
import {
  createRecordSeen,
  type Doing,
  type RecordSeen,
} from '../../services/sync-engine/dataverse/record-seen.ts';
import { createTelling, type Telling } from '../../services/sync-engine/dataverse/telling.ts';
import { createOutageCount, type OutageCount } from '../../services/sync-engine/outage-count.ts';
import { createFakeScheduler, type FakeScheduler } from './fake-scheduler.ts';
import { createMemoryDisk, createMemoryStore, type MemoryDisk } from './memory-store.ts';
import { readProfile } from './read-mailbox.ts';

/** What hears of readings, over a store whose disk outlives it. */
export interface SeenWorld {
  readonly clock: FakeScheduler;
  readonly store: Store;
  readonly telling: Telling;
  readonly outages: OutageCount;
  readonly seen: RecordSeen;
  /** All that was told and is on disk, over restarts. */
  readonly events: readonly SyncEvent[];
  kinds(): readonly string[];
  /** Runs while a sink is at work, inside its transaction. */
  whenTold(look: (event: SyncEvent, transaction: Transaction) => Promise<void> | void): void;
  profile: EmailServerProfile | undefined;
  read(mailbox: Mailbox, doing?: Doing, readAtMs?: number): Promise<Mailbox>;
  restarted(): SeenWorld;
}

interface Lasting {
  readonly disk: MemoryDisk;
  readonly clock: FakeScheduler;
  readonly events: SyncEvent[];
}

export function createSeenWorld(
  { disk, clock, events }: Lasting = {
    disk: createMemoryDisk(),
    clock: createFakeScheduler(),
    events: [],
  },
): SeenWorld {
  const store = createMemoryStore({ clock, disk });
  let number = events.length * 1_000;
  const newId = (): string => `id-${++number}`;
  const telling = createTelling({ scheduler: clock, newId });
  const outages = createOutageCount({ scheduler: clock, newId });
  let look: (event: SyncEvent, transaction: Transaction) => Promise<void> | void = () => undefined;
  telling.hear(async (event, transaction) => {
    await look(event, transaction);
    transaction.afterCommit(() => events.push(event));
  });
  const world: SeenWorld = {
    clock,
    store,
    telling,
    outages,
    seen: createRecordSeen({
      store,
      scheduler: clock,
      organizationId: idOf('contoso'),
      telling,
      outages,
      around: {
        profile: async (id) => (world.profile?.id === id ? world.profile : undefined),
        organization: async () => undefined,
      },
    }),
    events,
    kinds: () => events.map(({ kind }) => kind),
    whenTold: (then) => {
      look = then;
    },
    profile: readProfile(),
    read: (mailbox, doing, readAtMs = clock.now()) =>
      world.seen.record({ mailbox, alerts: [], readAt: instantOf(readAtMs) }, doing),
    restarted: () => createSeenWorld({ disk, clock, events }),
  };
  return world;
}
