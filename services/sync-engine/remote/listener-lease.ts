import { MINUTE_MS } from '../../domain/time.ts';
import type { Log } from '../../observability/index.ts';
import type { Clock } from '../../scheduler/index.ts';
import type { Store } from '../../store/index.ts';

/**
 * A bot asks for events every 25 seconds, and every 15 when it has trouble: one that has been silent
 * for so long has crashed, was stopped, or cannot reach the engine.
 */
const LEASE_MS = 2 * MINUTE_MS;

const RECORD = 'engine';

/** Whose the events of this engine are: one bot's, known by its data and not by its process. */
export interface ListenerLease {
  load(): Promise<void>;
  /** False while another bot holds the lease. A bot that asks again holds it longer. */
  take(listener: string): Promise<boolean>;
  /** Null before the first question. */
  silentMs(): number | null;
}

export interface ListenerLeaseOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * The holder is on disk, when it was last heard is not: an engine that is started again waits a whole
 * lease for the bot that it had.
 */
export function createListenerLease({ store, clock, log }: ListenerLeaseOptions): ListenerLease {
  let holder: string | null = null;
  let heardAt: number | null = null;
  let refusedAt: number | null = null;

  return {
    async load() {
      holder = (await store.get('listeners', RECORD))?.listener ?? null;
      heardAt = holder === null ? null : clock.now();
    },
    async take(listener) {
      const now = clock.now();
      if (holder !== null && holder !== listener) {
        if (heardAt !== null && now - heardAt < LEASE_MS) {
          // It asks every few seconds; once a lease is enough to be found in the log.
          if (refusedAt === null || now - refusedAt >= LEASE_MS) {
            log.warn('second-bot-refused', { holder, refused: listener });
            refusedAt = now;
          }
          return false;
        }
        log.warn('bot-replaced', { former: holder, listener });
      }
      heardAt = now;
      if (holder === listener) return true;
      holder = listener;
      await store.transact((transaction) => transaction.put('listeners', { id: RECORD, listener }));
      return true;
    },
    silentMs: () => (heardAt === null ? null : clock.now() - heardAt),
  };
}
