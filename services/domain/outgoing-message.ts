import type { MailboxId } from './ids.ts';
import type { Instant } from './time.ts';

/** Why a message has not gone yet; the first that applies. */
export type PendingReason =
  /** Somebody holds it back; enabling the mailbox does not release it. */
  | 'held'
  | 'mailbox-inactive'
  | 'not-synchronized-by-server'
  | 'address-not-approved'
  | 'outgoing-not-enabled'
  | 'outgoing-disabled'
  | 'retrying'
  | 'next-cycle';

/** A message handed in for sending (Dataverse `email`, statuscode 6 Pending Send). */
export interface OutgoingMessage {
  readonly id: string;
  readonly mailboxId: MailboxId;
  readonly subject: string;
  readonly to: readonly string[];
  readonly text: string;
  /** Stable over retries, so that a lost reply never sends twice (RFC 5322 §3.6.4). */
  readonly messageId: string;
  readonly submittedAt: Instant;
  readonly state: 'pending-send' | 'sending' | 'sent' | 'failed' | 'held' | 'cancelled';
  readonly attempts: number;
}

/** What somebody decided about messages that had not gone. */
export type WaitingChange = 'held' | 'cancelled' | 'released';

/** Messages of one day that have not gone yet: whoever enables a mailbox sees first what that lets go. */
export interface WaitingDay {
  /** In UTC, e.g. `2026-11-23`. */
  readonly day: string;
  /** Would go when the outgoing direction is enabled. */
  readonly waiting: number;
  readonly held: number;
}

/** Whether enabling the outgoing direction lets it go. */
export function waits({ state }: Pick<OutgoingMessage, 'state'>): boolean {
  return state === 'pending-send' || state === 'sending';
}

/** In UTC, e.g. `2026-11-23`. */
export function dayOf({ submittedAt }: Pick<OutgoingMessage, 'submittedAt'>): string {
  return submittedAt.slice(0, 'YYYY-MM-DD'.length);
}

/** Oldest first. */
export function waitingByDay(messages: readonly OutgoingMessage[]): readonly WaitingDay[] {
  const days = new Map<string, WaitingDay>();
  for (const message of messages) {
    const held = message.state === 'held';
    if (!held && !waits(message)) continue;
    const day = dayOf(message);
    const before = days.get(day) ?? { day, waiting: 0, held: 0 };
    days.set(day, {
      day,
      waiting: before.waiting + (held ? 0 : 1),
      held: before.held + (held ? 1 : 0),
    });
  }
  return [...days.values()].sort((a, b) => a.day.localeCompare(b.day));
}
