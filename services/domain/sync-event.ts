import type { Alert } from './alert.ts';
import type { EarlyWarning } from './early-warning.ts';
import type { LimitUse } from './exchange-online-limits.ts';
import type { Failure } from './failure.ts';
import type { EventId, MailboxId, ProfileId, TestRunId, UserId } from './ids.ts';
import type { DeliveryMethod, Direction } from './mailbox.ts';
import type { WaitingChange } from './outgoing-message.ts';
import type { ProfileOutage } from './profile-outage.ts';
import type { ProfilePart } from './set-up-change.ts';
import type { Instant } from './time.ts';

interface MailboxEvent {
  readonly id: EventId;
  readonly at: Instant;
  readonly mailboxId: MailboxId;
  readonly profileId: ProfileId | null;
}

/** What a sync engine tells the rest of the house: each transition exactly once. */
export type SyncEvent = MailboxEvent &
  (
    | {
        readonly kind: 'direction-confirming';
        readonly direction: Direction;
        readonly failure: Failure;
      }
    | {
        readonly kind: 'direction-retrying';
        readonly direction: Direction;
        readonly failure: Failure;
        /** 0 where the system of record does not count. */
        readonly attempt: number;
        /** Null where it does not say. */
        readonly nextAttemptAt: Instant | null;
        readonly alert: Alert;
      }
    | {
        readonly kind: 'direction-disabled';
        readonly direction: Direction;
        readonly failure: Failure;
        readonly because: 'permanent' | 'retries-exhausted';
        readonly alert: Alert;
      }
    /** A retrying direction works again without having been disabled. */
    | { readonly kind: 'direction-recovered'; readonly direction: Direction }
    /** A disabled direction would work: somebody must press Test & Enable. */
    | {
        readonly kind: 'server-answers-again';
        readonly direction: Direction;
        readonly pendingSend: number;
      }
    /** It answered again, and now it does not: enabling would fail. */
    | {
        readonly kind: 'server-fails-again';
        readonly direction: Direction;
        readonly failure: Failure;
        readonly alert: Alert;
      }
    /** `by` is null where the system of record does not say who. */
    | {
        readonly kind: 'direction-enabled';
        readonly direction: Direction;
        readonly by: UserId | null;
      }
    /**
     * It runs no more, and nothing failed: somebody switched it off, or the server synchronizes it no
     * longer (another method, an inactive mailbox).
     */
    | { readonly kind: 'direction-given-up'; readonly direction: Direction }
    | { readonly kind: 'approval-changed'; readonly approved: boolean; readonly by: UserId | null }
    /** Something else that cards show: a name, an owner, a profile, a status. */
    | { readonly kind: 'mailbox-changed' }
    /** The registry names another address than the one that was approved. */
    | {
        readonly kind: 'address-changed';
        readonly formerAddress: string;
        readonly address: string;
        /** An approval or a rejection of the former address counts no more. */
        readonly approvalReset: boolean;
      }
    /** Somebody decided about messages that had not gone. */
    | {
        readonly kind: 'waiting-messages-changed';
        readonly change: WaitingChange;
        readonly count: number;
        readonly by: UserId;
      }
    /** How a profile reaches its server is another way now; `by` is null where the registry says so. */
    | {
        readonly kind: 'profile-changed';
        /** `settings`: whatever else there is, such as its name or owner. */
        readonly part: ProfilePart | 'settings';
        /** All that use the profile, the event's own among them: their cards show it. */
        readonly mailboxIds: readonly MailboxId[];
        readonly by: UserId | null;
      }
    /** The bot's own look at the servers of a profile told something new. */
    | { readonly kind: 'servers-seen'; readonly mailboxIds: readonly MailboxId[] }
    | {
        readonly kind: 'method-changed';
        readonly direction: Extract<Direction, 'act'>;
        readonly method: DeliveryMethod;
        readonly by: UserId | null;
      }
    /** Nothing of the mailbox is synchronized any more; `by` is null where no button of ours did it. */
    | { readonly kind: 'mailbox-deactivated'; readonly by: UserId | null }
    /** What was enabled before goes on. */
    | { readonly kind: 'mailbox-activated'; readonly by: UserId | null }
    /** Exchange Online will soon refuse mail of this mailbox, or does; once for each level. */
    | { readonly kind: 'limit-near'; readonly use: LimitUse }
    /**
     * Something will fail, or it has come nearer; ended means put right. Of a whole profile's warning
     * the event names one of its mailboxes, which gives it its place in the order of events.
     */
    | { readonly kind: 'early-warning-raised'; readonly warning: EarlyWarning }
    | { readonly kind: 'early-warning-ended'; readonly warning: EarlyWarning }
    /** Over half of the profile's mailboxes fail, or do no more; the mailbox tipped the balance. */
    | { readonly kind: 'profile-outage-changed'; readonly outage: ProfileOutage }
    | { readonly kind: 'test-run-changed'; readonly testRunId: TestRunId }
  );
export type SyncEventKind = SyncEvent['kind'];

/** What an engine in a process of its own has told and nobody has confirmed yet. */
export interface UndeliveredEvent {
  /** Of the event. */
  readonly id: EventId;
  /** Of the engine's data: numbers of another one say nothing about these. */
  readonly stream: string;
  /** Grows from event to event, for good: the order in which they are told. */
  readonly number: number;
  readonly event: SyncEvent;
  /** Earlier ones that need not be told any more, since this one says how things are now. */
  readonly superseded?: number;
}

/** Which bot an engine of its own process serves: both keep its name, each in its own data. */
export interface Listener {
  /** `bot`: who we are; `engine`: whom we serve. */
  readonly id: string;
  readonly listener: string;
}

/** The last event that was heard of a mailbox from such an engine; one that is not newer was heard before. */
export interface HeardEvent {
  /** Equal to the mailbox id, or PROFILES_CHANGED. */
  readonly id: string;
  readonly stream: string;
  readonly number: number;
  readonly eventId: EventId;
}

/** The last change of any profile: of all that is heard, it alone is about many mailboxes. */
export const PROFILES_CHANGED = 'profiles/changed';
