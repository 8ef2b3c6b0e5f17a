import type { Mailbox } from '../../services/domain/mailbox.ts';
import type { SyncEvent } from '../../services/domain/sync-event.ts';
import { createLookAgain } from '../../services/sync-engine/dataverse/look-again.ts';
import { createMailboxReader } from '../../services/sync-engine/dataverse/mailbox-reader.ts';
import { createReading } from '../../services/sync-engine/dataverse/reading.ts';
import { recordProfile } from '../../services/sync-engine/dataverse/record-profile.ts';
import { createRecordSeen } from '../../services/sync-engine/dataverse/record-seen.ts';
import { createTelling } from '../../services/sync-engine/dataverse/telling.ts';
import { createWatch, type Watch } from '../../services/sync-engine/dataverse/watch.ts';
import { createWatchRound } from '../../services/sync-engine/dataverse/watch-round.ts';
import { createOutageCount } from '../../services/sync-engine/outage-count.ts';
import { type ReadingWorld, startReadingWorld } from './dataverse-reading.ts';
import { createMemoryDisk, createMemoryStore } from './memory-store.ts';
import { createRecordingLog, type RecordingLog } from './recording-log.ts';

/** Watches a fake organization, over a store whose disk outlives the program. */
export interface WatchWorld extends ReadingWorld {
  readonly watch: Watch;
  readonly log: RecordingLog;
  /** All that was told and is on disk, over restarts. */
  readonly events: readonly SyncEvent[];
  kinds(): readonly string[];
  seenMailbox(id: string): Promise<Mailbox | undefined>;
  /** The program dies, and another takes up its disk. */
  restart(): Promise<void>;
  /** The process dies while the next event is told, inside its transaction. */
  failNextTelling(): void;
  /** A minute goes by, with its round. */
  round(): Promise<void>;
}

/** `skewMs`: how far the organization's clock is ahead of the bot's. */
export async function startWatchWorld({
  isTracked = true,
  skewMs = 0,
}: {
  readonly isTracked?: boolean;
  readonly skewMs?: number;
} = {}): Promise<WatchWorld> {
  const world = await startReadingWorld();
  world.organization.setSkew(skewMs);
  // Its rows were written before by the other clock: not in the future of its own.
  await world.clock.advance(Math.max(0, -skewMs));
  for (const table of ['mailbox', 'emailserverprofile']) {
    world.organization.setChangeTracking(table, isTracked);
  }
  const disk = createMemoryDisk();
  const log = createRecordingLog();
  const events: SyncEvent[] = [];
  let number = 0;
  let failing = false;
  const newId = (): string => `id-${++number}`;

  function program() {
    const store = createMemoryStore({ clock: world.clock, disk });
    const parts = { ...world.parts, store, log };
    const { scheduler, organizationId } = parts;
    const reader = createMailboxReader(parts);
    const around = createReading(parts, reader);
    const telling = createTelling({ scheduler, newId });
    telling.hear(async (event, transaction) => {
      if (failing) {
        failing = false;
        throw new Error('the process died here');
      }
      transaction.afterCommit(() => events.push(event));
    });
    const outages = createOutageCount({ scheduler, newId });
    const seen = createRecordSeen({ store, scheduler, organizationId, telling, outages, around });
    const lookAgain = createLookAgain({ reader, seen, scheduler });
    const round = createWatchRound({
      ...parts,
      owners: reader.owners,
      seen,
      lookAgain,
      recordProfile: (profile, version) =>
        recordProfile({ store, organizationId, telling, around }, profile, version),
    });
    return { store, watch: createWatch({ scheduler, log, round, lookAgain }) };
  }

  let running = program();
  const result: WatchWorld = {
    ...world,
    log,
    events,
    get watch() {
      return running.watch;
    },
    kinds: () => events.map(({ kind }) => kind),
    seenMailbox: async (id) => (await running.store.get('seenMailboxes', id))?.mailbox,
    failNextTelling() {
      failing = true;
    },
    async restart() {
      await running.watch.stop();
      running = program();
      running.watch.start();
      await running.watch.settled();
    },
    async round() {
      await world.clock.advance(61_000);
      await running.watch.settled();
    },
    async stop() {
      await running.watch.stop();
      await world.stop();
    },
  };
  running.watch.start();
  await running.watch.settled();
  return result;
}
