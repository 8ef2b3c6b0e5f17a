import type { MailboxId } from '../../domain/ids.ts';
import { MINUTE_MS, SECOND_MS } from '../../domain/time.ts';
import { asAppError } from '../../observability/index.ts';
import type { Cancel } from '../../scheduler/index.ts';
import type { DataverseParts } from './dataverse-parts.ts';
import type { LookAgain } from './look-again.ts';
import type { Asking } from './web-api.ts';

export interface WatchParts extends Pick<DataverseParts, 'scheduler' | 'log'> {
  readonly round: (asking: Asking) => Promise<void>;
  readonly lookAgain: LookAgain;
}

export interface Watch {
  /** Begins with a round, which takes an organization that is new in as it is: nobody waits for it. */
  start(): void;
  /**
   * Somebody says that something happened to these: they are looked at soon. Believed is only
   * that much, whoever says it; what they cannot say is what people are told.
   */
  hint(ids: readonly MailboxId[]): void;
  /** The same of something that is no mailbox: a round is made soon, and no more than one. */
  soon(): void;
  /** When nothing is being looked at. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

const EVERY_MS = MINUTE_MS;
/** One change of Dynamics 365 is announced several times within a moment. */
const GATHER_MS = SECOND_MS;
/** Whoever says so a hundred times a second gets six rounds a minute. */
const SOON_MS = 10 * SECOND_MS;
/** Beyond, the next round sees them all the same. */
const MOST_HINTS = 10_000;

/** Notices what happens in Dynamics 365: by rounds, and at once where a webhook says where to look. */
export function createWatch({ scheduler, log, round, lookAgain }: WatchParts): Watch {
  const stopping = new AbortController();
  const asking: Asking = { signal: stopping.signal, priority: 'background' };
  let hinted = new Set<MailboxId>();
  /** Rounds and hints one after the other: two readings of one mailbox at once would only cost. */
  let working: Promise<void> = Promise.resolve();
  let isRoundDue = false;
  let stopRounds: Cancel = () => undefined;
  let stopGathering: Cancel | null = null;
  let stopSoon: Cancel | null = null;

  const hasStopped = (): boolean => stopping.signal.aborted;

  function then(what: string, work: () => Promise<void>): Promise<void> {
    working = working.then(async () => {
      if (hasStopped()) return;
      try {
        await work();
      } catch (thrown) {
        if (hasStopped()) return;
        const { code, detail } = asAppError(thrown);
        log.warn('changes-not-noticed', { what, reason: code, detail });
      }
    });
    return working;
  }

  function roundNow(): Promise<void> {
    // One that takes longer than a minute is followed by one, not by all that were due meanwhile.
    if (isRoundDue) return working;
    isRoundDue = true;
    return then('round', async () => {
      isRoundDue = false;
      await round(asking);
    });
  }

  return {
    start() {
      stopRounds = scheduler.every(EVERY_MS, roundNow);
      void roundNow();
    },
    hint(ids) {
      for (const id of ids) if (hinted.size < MOST_HINTS) hinted.add(id);
      if (hinted.size === 0) return;
      stopGathering ??= scheduler.after(GATHER_MS, () => {
        stopGathering = null;
        const now = [...hinted];
        hinted = new Set();
        return then('hints', () => lookAgain(now, asking));
      });
    },
    soon() {
      stopSoon ??= scheduler.after(SOON_MS, () => {
        stopSoon = null;
        return roundNow();
      });
    },
    settled: () => working,
    async stop() {
      stopping.abort();
      stopRounds();
      stopGathering?.();
      stopSoon?.();
      await working;
    },
  };
}
