import type { AlertSlots } from './alert.ts';
import type { FailureNature } from './failure.ts';
import type {
  AnswerId,
  ApprovalRequestId,
  GuideId,
  IncidentId,
  MailboxId,
  TestRunId,
  TopicId,
  UserId,
} from './ids.ts';
import type { Direction } from './mailbox.ts';
import type { WaitingChange } from './outgoing-message.ts';
import type { Instant } from './time.ts';

/**
 * What a card is about, by ids only. Every card that was sent can be drawn again from its reference,
 * the viewer and the live state: that is how every copy stays true.
 */
export type CardReference =
  | {
      readonly card: 'alert';
      readonly topic: TopicId;
      readonly slots: AlertSlots;
      readonly direction: Direction | 'both' | null;
      readonly code: string | null;
      /** What the tail of the pasted alert said happened. */
      readonly nature: FailureNature | null;
      /** The answer that may be voted on; null where the article was not given as one. */
      readonly answerId: AnswerId | null;
      readonly mailboxId: MailboxId | null;
    }
  | { readonly card: 'mailbox'; readonly mailboxId: MailboxId }
  | {
      /** What waits to be sent, message by message. */
      readonly card: 'outbox';
      readonly mailboxId: MailboxId;
      /** Only of this day (UTC); null for all. */
      readonly day: string | null;
      /** Messages that stand on cards before this one. */
      readonly skip: number;
    }
  | {
      /** What waits to be sent, by day. */
      readonly card: 'waiting';
      readonly mailboxId: MailboxId;
      /** What was decided on this card last, to be told on it. */
      readonly decided: { readonly change: WaitingChange; readonly count: number } | null;
    }
  /** To whose mailbox it is: its address was rejected. */
  | { readonly card: 'rejected-address'; readonly mailboxId: MailboxId }
  | {
      /** An approval counts no more, because the address is another one. */
      readonly card: 'address-changed';
      readonly mailboxId: MailboxId;
      readonly formerAddress: string;
      readonly address: string;
    }
  /** How the mailbox's profile reaches its server. */
  | { readonly card: 'profile'; readonly mailboxId: MailboxId }
  | { readonly card: 'test-run'; readonly testRunId: TestRunId; readonly mailboxId: MailboxId }
  | {
      readonly card: 'approval-request';
      readonly requestId: ApprovalRequestId;
      readonly mailboxId: MailboxId;
    }
  | {
      readonly card: 'incident';
      readonly incidentId: IncidentId;
      readonly audience: IncidentAudience;
    }
  /** A repair, one step at a time. */
  | { readonly card: 'guide'; readonly guideId: GuideId; readonly mailboxId: MailboxId | null }
  /** To a profile's owner: over half of its mailboxes fail. */
  | { readonly card: 'profile-outage'; readonly outageId: string }
  /** All warnings of one cause that the reader may see: one repair ends them. */
  | { readonly card: 'early-warning'; readonly cause: string };

/** Who reads an incident card decides what it says must be done. */
export type IncidentAudience = 'must-act' | 'informed';

/** A card that stands in a conversation and may have to be updated. */
export interface CardCopy {
  readonly id: string;
  readonly conversationId: string;
  readonly activityId: string;
  /** The person in whose personal conversation it stands; null in shared conversations. */
  readonly viewerId: UserId | null;
  readonly reference: CardReference;
  /** What this copy shows: a change of it makes the copy stale. See `subjectOf`. */
  readonly subject: string;
  /** Its reader has a form or a question open in its place: it is not drawn anew before. */
  readonly heldUntil?: Instant;
}

/**
 * `mailbox:<id>`, `guide:<id>` where no mailbox is known, `profile-outage:<id>`, `early-warning:<cause>`, `incident:<id>` or, for its many informed readers,
 * `incident:<id>:informed`;
 * null for a card that shows no live state.
 */
export function subjectOf(reference: CardReference): string | null {
  if (reference.card === 'incident') {
    const subject = `incident:${reference.incidentId}`;
    return reference.audience === 'informed' ? `${subject}:informed` : subject;
  }
  if (reference.card === 'profile-outage') return `profile-outage:${reference.outageId}`;
  if (reference.card === 'early-warning') return `early-warning:${reference.cause}`;
  if (reference.card === 'guide' && reference.mailboxId === null) {
    return `guide:${reference.guideId}`;
  }
  return reference.mailboxId === null ? null : `mailbox:${reference.mailboxId}`;
}
