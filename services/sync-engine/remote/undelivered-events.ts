import { randomUUID } from 'node:crypto';
import type { EventId, MailboxId } from '../../domain/ids.ts';
import { HELD_MS, supersedes } from '../../domain/superseded-events.ts';
import type { UndeliveredEvent } from '../../domain/sync-event.ts';
import { epochMsOf } from '../../domain/time.ts';
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
  /** How many wait, and how many they stand for that were left out. */
  counts(): { readonly waiting: number; readonly superseded: number };
}

/**
 * Numbers go on from the clock, so that they grow even where the data directory was restored from an
 * older copy. The newest event stays in the store when it is confirmed: a clock that was set back
 * must not make the numbers of the next process smaller. An event that nobody has fetched for a while
 * makes room for a later one that says more; that one counts what it stands for.
 */
export function createUndeliveredEvents({
  store,
  clock,
}: {
  readonly store: Store;
  readonly clock: Clock;
}): UndeliveredEvents {
  /** In order of number; the first may be confirmed. */
  const kept = new Map<EventId, UndeliveredEvent>();
  const byMailbox = new Map<MailboxId, Set<UndeliveredEvent>>();
  let newest: UndeliveredEvent | undefined;
  let stream: string = randomUUID();
  let confirmed = -1;
  let lastNumber = -1;
  const wakers = new Set<() => void>();

  const isOpen = (record: UndeliveredEvent | undefined): boolean =>
    record !== undefined && record.number > confirmed;

  function add(record: UndeliveredEvent): void {
    kept.set(record.id, record);
    const { mailboxId } = record.event;
    byMailbox.set(mailboxId, (byMailbox.get(mailboxId) ?? new Set()).add(record));
    newest = record;
  }

  function drop(record: UndeliveredEvent): void {
    kept.delete(record.id);
    const others = byMailbox.get(record.event.mailboxId);
    others?.delete(record);
    if (others?.size === 0) byMailbox.delete(record.event.mailboxId);
  }

  return {
    async load() {
      const records = await store.find('undeliveredEvents');
      for (const record of [...records].sort((a, b) => a.number - b.number)) add(record);
      lastNumber = newest?.number ?? -1;
      stream = newest?.stream ?? stream;
    },
    async sink(event, transaction) {
      lastNumber = Math.max(lastNumber + 1, clock.now());
      const over = [...(byMailbox.get(event.mailboxId) ?? [])].filter(
        (earlier) =>
          isOpen(earlier) &&
          clock.now() - epochMsOf(earlier.event.at) >= HELD_MS &&
          supersedes(event, earlier.event),
      );
      const superseded = over.reduce((sum, one) => sum + 1 + (one.superseded ?? 0), 0);
      const record = {
        ...{ id: event.id, stream, number: lastNumber, event },
        ...(superseded > 0 && { superseded }),
      };
      for (const { id } of over) await transaction.remove('undeliveredEvents', id);
      await transaction.put('undeliveredEvents', record);
      transaction.afterCommit(() => {
        for (const one of over) drop(one);
        add(record);
        for (const wake of [...wakers]) wake();
      });
    },
    oldest(limit) {
      const open: UndeliveredEvent[] = [];
      for (const record of kept.values()) {
        if (open.length >= limit) break;
        if (isOpen(record)) open.push(record);
      }
      return open;
    },
    newest() {
      if (newest === undefined || !isOpen(newest)) return null;
      return { stream: newest.stream, number: newest.number };
    },
    async confirm({ stream: heard, number }) {
      if (heard !== stream || number <= confirmed) return;
      confirmed = number;
      const over: UndeliveredEvent[] = [];
      for (const record of kept.values()) {
        if (record.number > number) break;
        if (record !== newest) over.push(record);
      }
      if (over.length === 0) return;
      for (const record of over) drop(record);
      await store.transact(async (transaction) => {
        for (const { id } of over) await transaction.remove('undeliveredEvents', id);
      });
    },
    some(signal) {
      if (signal.aborted || isOpen(newest)) return Promise.resolve();
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
    counts() {
      const open = [...kept.values()].filter(isOpen);
      return {
        waiting: open.length,
        superseded: open.reduce((sum, record) => sum + (record.superseded ?? 0), 0),
      };
    },
  };
}
