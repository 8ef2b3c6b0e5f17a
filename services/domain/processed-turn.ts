import type { MailboxId, ProfileId } from './ids.ts';
import type { Direction } from './mailbox.ts';
import type { Instant } from './time.ts';

/** What one turn did with messages; appointments, contacts and tasks are only looked at. */
export interface TurnItems {
  /** Messages that have arrived since the last look, or that were sent. */
  readonly itemsProcessed: number;
  /** Messages that were refused for good. */
  readonly itemsFailed: number;
  /** Messages that still wait to be sent when the turn ends. */
  readonly backlog: number;
}

export const NO_ITEMS: TurnItems = { itemsProcessed: 0, itemsFailed: 0, backlog: 0 };

/** One turn of the schedule: a direction of a mailbox was due, was looked at, and this came of it. */
export interface ProcessedTurn extends TurnItems {
  readonly mailboxId: MailboxId;
  readonly profileId: ProfileId;
  readonly direction: Direction;
  /** When it was due; the time until `startedAt` was spent waiting for its server. */
  readonly scheduledAt: Instant;
  readonly startedAt: Instant;
  readonly completedAt: Instant;
  /** `idle`: nothing was waiting to be sent, so no session was opened. */
  readonly outcome: 'passed' | 'failed' | 'cancelled' | 'idle';
}
