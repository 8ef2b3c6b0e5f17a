import { idOf, type MailboxId } from '../domain/ids.ts';
import type { ProcessedTurn } from '../domain/processed-turn.ts';
import { MINUTE_MS } from '../domain/time.ts';
import { NO_TURNS, withTurn } from '../domain/turn-figures.ts';
import {
  bucketOf,
  lastTurns,
  packedWeight,
  packTurns,
  type TurnHistory,
  type TurnWeight,
  unpackTurns,
} from '../domain/turn-history.ts';
import { countTurn, hoursTogether, type TurnHour } from '../domain/turn-hours.ts';
import { asAppError, type Log } from '../observability/index.ts';
import type { Cancel, Scheduler } from '../scheduler/index.ts';
import { createBreather, type Store, type Transaction } from '../store/index.ts';

/** A crash loses the turns of one slice at most: statistics, nothing that anybody decided. */
export const SLICE_MS = 5 * MINUTE_MS;
/** In one transaction, about 200 kB at 10 000 mailboxes: other writers get their turn in between. */
const BUCKETS_AT_ONCE = 2;

/** Gathers turns in memory and writes them in slices: a turn by itself writes nothing. */
export interface TurnRecorder {
  record(turn: ProcessedTurn): void;
  start(): void;
  /** Writes what has been gathered. */
  stop(): Promise<void>;
  /** Oldest first. */
  turnsOf(mailboxId: MailboxId): Promise<readonly ProcessedTurn[]>;
  /** Of every mailbox that has had a turn. */
  weights(): Promise<ReadonlyMap<MailboxId, TurnWeight>>;
  /** Of all profiles. */
  hours(): Promise<readonly TurnHour[]>;
}

export interface TurnRecorderOptions {
  /** Those of mailboxes that are no more are forgotten. */
  readonly mailboxes: Pick<ReadonlyMap<MailboxId, unknown>, 'has'>;
  readonly store: Store;
  readonly scheduler: Scheduler;
  readonly log: Log;
}

type Gathered = Map<MailboxId, readonly ProcessedTurn[]>;

export function createTurnRecorder({
  mailboxes,
  store,
  scheduler,
  log,
}: TurnRecorderOptions): TurnRecorder {
  const gathered: Gathered = new Map();
  let gatheredHours = new Map<string, TurnHour>();
  /** What a slice that is being written has not yet on disk. */
  const unwritten: Gathered = new Map();
  const unwrittenHours = new Map<string, TurnHour>();
  let cancel: Cancel = () => undefined;
  let writing: Promise<void> = Promise.resolve();

  /** Turns that could not be written wait for the next slice; the bound per mailbox holds all the same. */
  async function takeSlice(): Promise<void> {
    const breathe = createBreather();
    for (const [id, turns] of gathered) {
      await breathe();
      unwritten.set(id, lastTurns([...(unwritten.get(id) ?? []), ...turns]));
      gathered.delete(id);
    }
    for (const [id, hour] of gatheredHours) {
      unwrittenHours.set(id, hoursTogether(unwrittenHours.get(id), hour));
    }
    gatheredHours = new Map();
  }

  async function writeBucket(
    transaction: Transaction,
    bucket: string,
    ids: readonly MailboxId[],
  ): Promise<void> {
    const breathe = createBreather();
    const before = await transaction.get('turnHistories', bucket);
    const known = Object.entries(before?.byMailbox ?? {});
    const byMailbox: Record<string, TurnHistory['byMailbox'][string]> = Object.fromEntries(
      known.filter(([id]) => mailboxes.has(idOf(id))),
    );
    for (const id of ids) {
      await breathe();
      const turns = unwritten.get(id) ?? [];
      const profileId = turns.at(-1)?.profileId;
      if (profileId === undefined) continue;
      const all = lastTurns([...unpacked(before, id), ...turns]);
      const same = all.filter((turn) => turn.profileId === profileId);
      byMailbox[id] = { profileId, turns: packTurns(same) };
    }
    await transaction.put('turnHistories', { id: bucket, byMailbox });
    transaction.afterCommit(() => {
      for (const id of ids) unwritten.delete(id);
    });
  }

  async function writeHours(): Promise<void> {
    const hours = [...unwrittenHours.values()];
    if (hours.length === 0) return;
    await store.transact(async (transaction) => {
      for (const hour of hours) {
        const before = await transaction.get('turnHours', hour.id);
        await transaction.put('turnHours', hoursTogether(before, hour));
      }
      transaction.afterCommit(() => unwrittenHours.clear());
    });
  }

  async function write(): Promise<void> {
    await takeSlice();
    const buckets = new Map<string, MailboxId[]>();
    for (const id of unwritten.keys()) {
      const bucket = bucketOf(id);
      const ids = buckets.get(bucket);
      if (ids === undefined) buckets.set(bucket, [id]);
      else ids.push(id);
    }
    const all = [...buckets];
    try {
      await writeHours();
      for (let from = 0; from < all.length; from += BUCKETS_AT_ONCE) {
        await store.transact(async (transaction) => {
          for (const [bucket, ids] of all.slice(from, from + BUCKETS_AT_ONCE)) {
            await writeBucket(transaction, bucket, ids);
          }
        });
      }
    } catch (thrown) {
      log.error('statistics-not-written', { reason: asAppError(thrown).code });
    }
  }

  function writeInTurn(): Promise<void> {
    writing = writing.then(write);
    return writing;
  }

  return {
    record(turn) {
      // Of a program that stopped: it says nothing about the mailbox.
      if (turn.outcome === 'cancelled') return;
      gathered.set(turn.mailboxId, [...(gathered.get(turn.mailboxId) ?? []), turn]);
      countTurn(gatheredHours, turn);
    },
    start() {
      cancel = scheduler.every(SLICE_MS, writeInTurn);
    },
    async stop() {
      cancel();
      await writeInTurn();
    },
    async turnsOf(mailboxId) {
      const kept = unpacked(await store.get('turnHistories', bucketOf(mailboxId)), mailboxId);
      const since = [...(unwritten.get(mailboxId) ?? []), ...(gathered.get(mailboxId) ?? [])];
      return lastTurns([...kept, ...since]);
    },
    async weights() {
      const weights = new Map<MailboxId, TurnWeight>();
      const breathe = createBreather();
      for (const { byMailbox } of await store.find('turnHistories')) {
        await breathe();
        for (const [id, packed] of Object.entries(byMailbox)) {
          weights.set(idOf(id), packedWeight(packed));
        }
      }
      for (const [id, turns] of [...unwritten, ...gathered]) {
        await breathe();
        const sums = turns.reduce(withTurn, { ...NO_TURNS, ...weights.get(id) });
        weights.set(id, sums);
      }
      return weights;
    },
    async hours() {
      const hours = new Map((await store.find('turnHours')).map((hour) => [hour.id, hour]));
      for (const hour of [...unwrittenHours.values(), ...gatheredHours.values()]) {
        hours.set(hour.id, hoursTogether(hours.get(hour.id), hour));
      }
      return [...hours.values()];
    },
  };
}

function unpacked(history: TurnHistory | undefined, id: MailboxId): readonly ProcessedTurn[] {
  const packed = history?.byMailbox[id];
  return packed === undefined ? [] : unpackTurns(id, packed);
}
