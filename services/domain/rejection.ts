import type { MailboxId, UserId } from './ids.ts';
import type { Instant } from './time.ts';

/** Why somebody rejected the address of a mailbox, in their own words: no engine keeps that. */
export interface Rejection {
  /** See `rejectionId`. */
  readonly id: string;
  readonly mailboxId: MailboxId;
  readonly rejectedBy: UserId;
  readonly reason: string;
  readonly rejectedAt: Instant;
}

/** The engine says who rejected; where two did at once, that finds the reason of the one who counted. */
export function rejectionId(mailboxId: MailboxId, rejectedBy: UserId): string {
  return `${mailboxId}:${rejectedBy}`;
}
