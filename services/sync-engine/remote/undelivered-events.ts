import { randomUUID } from 'node:crypto';
import type { UndeliveredEvent } from '../../domain/sync-event.ts';
import type { Clock } from '../../scheduler/index.ts';
import type { Store } from '../../store/index.ts';
import type { SyncEventSink } from '../sync-engine.ts';
import type { EventPlace } from './wire-messages.ts';

/** Events of an engine in a process of its own, kept until its listener has confirmed them. */
export interface UndeliveredEvents {
  /** Reads what an earlier process left behind. */
  load(): Promise<void>;
  readonly sink: SyncEventSink;
  /** The oldest ones, in order. */
  oldest(limit: number): readonly UndeliveredEvent[];
  /** Place of the newest one; null when all are confirmed. */
  newest(): EventPlace | null;
  /** The listener has made everything up to this place its own; places of other data mean nothing. */
  confirm(place: EventPlace): Promise<void>;
  /** Resolves when there is something to tell, or when the signal is raised. */
  some(signal: AbortSignal): Promise<void>;
}

/**
 * Numbers go on from the clock, so that they grow even where the data directory was restored from an
 * older copy. The newest event stays in the store when it is confirmed: a clock that was set back
 * must not make the numbers of the next process smaller.
 */
export function createUndeliveredEvents({
  store,
  clock,
}: {
  readonly store: Store;
  readonly clock: Clock;
}): UndeliveredEvents {
  /** In order of number; the first may be confirmed. */
  let kept: UndeliveredEvent[] = [];
  let stream: string = randomUUID();
  let confirmed = -1;
  let lastNumber = -1;
  const wakers = new Set<() => void>();

  const open = (): readonly UndeliveredEvent[] => kept.filter(({ number }) => number > confirmed);

  return {
    async load() {
      kept = [...(await store.find('undeliveredEvents'))].sort((a, b) => a.number - b.number);
      const newest = kept.at(-1);
      lastNumber = newest?.number ?? -1;
      stream = newest?.stream ?? stream;
    },
    async sink(event, transaction) {
      lastNumber = Math.max(lastNumber + 1, clock.now());
      const record = { id: event.id, stream, number: lastNumber, event };
      await transaction.put('undeliveredEvents', record);
      transaction.afterCommit(() => {
        kept.push(record);
        for (const wake of [...wakers]) wake();
      });
    },
    oldest: (limit) => open().slice(0, limit),
    newest() {
      const newest = kept.at(-1);
      if (newest === undefined || newest.number <= confirmed) return null;
      return { stream: newest.stream, number: newest.number };
    },
    async confirm({ stream: heard, number }) {
      if (heard !== stream || number <= confirmed) return;
      confirmed = number;
      const newest = kept.at(-1);
      const over = kept.filter((record) => record.number <= number && record !== newest);
      if (over.length === 0) return;
      kept = kept.filter((record) => record.number > number || record === newest);
      await store.transact(async (transaction) => {
        for (const { id } of over) await transaction.remove('undeliveredEvents', id);
      });
    },
    some(signal) {
      if (signal.aborted || open().length > 0) return Promise.resolve();
      return new Promise((resolve) => {
        const wake = (): void => {
          wakers.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        wakers.add(wake);
        signal.addEventListener('abort', wake);
      });
    },
  };
}
