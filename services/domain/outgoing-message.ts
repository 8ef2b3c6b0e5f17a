import type { MailboxId } from './ids.ts';
import type { Instant } from './time.ts';

/** Why a message is still Pending Send; the first that applies. */
export type PendingReason =
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
  readonly state: 'pending-send' | 'sending' | 'sent' | 'failed';
  readonly attempts: number;
}
