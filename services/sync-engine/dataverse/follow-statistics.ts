import { idOf } from '../../domain/ids.ts';
import { epochMsOf, HOUR_MS, type Instant, instantOf, MINUTE_MS } from '../../domain/time.ts';
import { unpackTurns } from '../../domain/turn-history.ts';
import { asAppError } from '../../observability/index.ts';
import type { Cancel } from '../../scheduler/index.ts';
import { createBreather } from '../../store/index.ts';
import type { TurnRecorder } from '../turn-recorder.ts';
import { STATISTICS_COLUMNS } from './columns.ts';
import type { DataverseParts } from './dataverse-parts.ts';
import type { MailboxSurvey } from './mailbox-survey.ts';
import { momentLiteral } from './odata-literal.ts';
import { STATISTICS } from './processed-turns.ts';
import { keyIn, momentIn } from './row-values.ts';
import { toTurn } from './to-turn.ts';
import type { Asking } from './web-api.ts';

const LOOK_EVERY_MS = 5 * MINUTE_MS;
/** What happened before, while nobody looked, is left out: the hours begin again. */
const LOOK_BACK_MS = HOUR_MS;
/** A turn may be written some time after it has ended, behind later ones. */
const OVERLAP_MS = 2 * MINUTE_MS;
/** Of one look: 10 000 mailboxes have some 25 000 turns in five minutes, and 300 000 in an hour. */
const MOST_ROWS = 400_000;

export interface StatisticsFollower {
  /** Reads what is new; by itself every five minutes once started. */
  look(asking: Asking): Promise<void>;
  start(signal: AbortSignal): void;
  stop(): void;
}

/**
 * Reads each row of `mailboxstatistics` once, and has it counted into its hour: Dynamics 365 cannot be
 * asked for sums over so many rows (it aggregates 50 000 at most), nor which mailboxes fail most.
 */
export function createStatisticsFollower(
  { api, store, scheduler, log }: Pick<DataverseParts, 'api' | 'store' | 'scheduler' | 'log'>,
  survey: MailboxSurvey,
  recorder: Pick<TurnRecorder, 'record'>,
): StatisticsFollower {
  let after: Instant | undefined;
  let seen = new Map<string, Instant>();
  let cancel: Cancel = () => undefined;

  /** Where the program before this one ended, as far as that was written down. */
  async function beginning(): Promise<Instant> {
    const newest = await newestKept();
    const earliest = instantOf(scheduler.now() - LOOK_BACK_MS);
    return newest > earliest ? newest : earliest;
  }

  async function newestKept(): Promise<Instant> {
    const breathe = createBreather();
    let newest = instantOf(0);
    for (const { byMailbox } of await store.find('turnHistories')) {
      for (const [id, packed] of Object.entries(byMailbox)) {
        await breathe();
        const last = unpackTurns(idOf(id), packed).at(-1)?.completedAt ?? newest;
        if (last > newest) newest = last;
      }
    }
    return newest;
  }

  async function look(asking: Asking): Promise<void> {
    after ??= await beginning();
    const { byId } = await survey.take(asking);
    const from = seen.size === 0 ? after : instantOf(epochMsOf(after) - OVERLAP_MS);
    const query = {
      select: STATISTICS_COLUMNS,
      filter: `mailboxprocesscompletedon gt ${momentLiteral(from)}`,
      orderBy: 'mailboxprocesscompletedon asc',
      top: MOST_ROWS,
      bare: true,
    };
    const set = await api.setOf(STATISTICS, asking);
    const breathe = createBreather();
    for await (const page of api.pages(set, query, asking)) {
      for (const row of page) {
        await breathe();
        const id = keyIn(row, 'mailboxstatisticsid');
        const endedAt = momentIn(row, 'mailboxprocesscompletedon');
        if (id === null || endedAt === null || seen.has(id)) continue;
        seen.set(id, endedAt);
        if (endedAt > after) after = endedAt;
        const profileId = byId.get(idOf(keyIn(row, '_mailboxid_value') ?? ''))?.mailbox.profileId;
        // Of a mailbox that is no more, or that has no profile to count it for.
        const turn = profileId ? toTurn(row, profileId) : null;
        if (turn !== null) recorder.record(turn);
      }
      forgetBefore(instantOf(epochMsOf(after) - OVERLAP_MS));
    }
  }

  /** What the next look cannot meet again need not be known. */
  function forgetBefore(moment: Instant): void {
    seen = new Map([...seen].filter(([, at]) => at > moment));
  }

  return {
    look,
    start(signal) {
      const lookNow = async (): Promise<void> => {
        try {
          await look({ signal, priority: 'background' });
        } catch (thrown) {
          if (signal.aborted) return;
          log.warn('statistics-not-read', { reason: asAppError(thrown).code });
        }
      };
      const cancelFirst = scheduler.after(0, lookNow);
      const cancelNext = scheduler.every(LOOK_EVERY_MS, lookNow);
      cancel = () => {
        cancelFirst();
        cancelNext();
      };
    },
    stop: () => cancel(),
  };
}
