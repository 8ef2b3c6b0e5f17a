import type { WaitingChange, WaitingDay } from '../services/domain/outgoing-message.ts';
import type { Instant } from '../services/domain/time.ts';
import type { MailboxView } from './views.ts';

/** What waits to be sent, by day. */
export interface WaitingView {
  readonly mailbox: MailboxView;
  /** Oldest first. */
  readonly days: readonly WaitingDay[];
  /** Dynamics 365 holds nothing back. */
  readonly mayHold: boolean;
  /** What was decided last on this card. */
  readonly decided: { readonly change: WaitingChange; readonly count: number } | null;
}

/** Before messages are cancelled for good. */
export interface WaitingCancelView {
  readonly mailbox: MailboxView;
  /** Messages from before this day; null for all that were there when it was asked. */
  readonly day: string | null;
  /** The same as a moment: what comes later is not cancelled by an old card. */
  readonly before: Instant;
  readonly count: number;
}
