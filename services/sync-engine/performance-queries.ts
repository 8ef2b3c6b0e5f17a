import type { MailboxId } from '../domain/ids.ts';
import type {
  AlertPage,
  AlertSelection,
  MailboxPage,
  PageWish,
  PerformanceHour,
  PerformanceScope,
  PerformanceSelection,
  PerformanceSummary,
  Period,
} from '../domain/performance.ts';
import type { ProcessedTurn } from '../domain/processed-turn.ts';

/**
 * The data of the performance dashboard: numbers, the mailboxes behind each number, the records
 * behind each mailbox. Who may see what is the caller's to know: the scope says it.
 */
export interface PerformanceQueries {
  performanceSummary(scope: PerformanceScope): Promise<PerformanceSummary>;
  /** The mailboxes behind one number of the summary: by name, or the worst first. */
  performanceMailboxes(
    scope: PerformanceScope,
    selection: PerformanceSelection,
    page: PageWish,
  ): Promise<MailboxPage>;
  /**
   * Processing and queue time, items and alerts, hour by hour, oldest first; hours without any are
   * left out. Turns are summed by profile: with `concerning`, only those of profiles of that person.
   */
  performanceHours(scope: PerformanceScope, period: Period): Promise<readonly PerformanceHour[]>;
  /** The alerts behind a number of an hour, newest first, closed ones included. */
  raisedAlerts(
    scope: PerformanceScope,
    selection: AlertSelection,
    page: PageWish,
  ): Promise<AlertPage>;
  /** The last turns of a mailbox that are kept, newest first (Dataverse `mailboxstatistics`). */
  processedTurns(mailboxId: MailboxId): Promise<readonly ProcessedTurn[]>;
}
