import type { Failure } from './failure.ts';
import type { IncidentId, MailboxId, ProfileId, TopicId } from './ids.ts';
import type { Direction } from './mailbox.ts';
import type { Instant } from './time.ts';

/** One line of an incident's story, oldest first. */
export interface IncidentStep {
  readonly at: Instant;
  readonly kind:
    | 'confirming'
    | 'retrying'
    | 'disabled'
    | 'recovered'
    | 'answers-again'
    | 'fails-again'
    | 'enabled'
    /** The direction is not synchronized by the server any more: somebody decided so. */
    | 'given-up';
  readonly attempt: number | null;
}

export type IncidentMemberState = 'confirming' | 'retrying' | 'disabled' | 'answers-again' | 'well';

/** One direction of one mailbox in an incident; a record of its own, since there may be 10 000. */
export interface IncidentMember {
  /** `<incident>:<mailbox>:<direction>` */
  readonly id: string;
  readonly incidentId: IncidentId;
  readonly mailboxId: MailboxId;
  readonly direction: Direction;
  readonly state: IncidentMemberState;
}

/**
 * One root cause, one message: all mailboxes of a profile that fail for the same reason share an
 * incident; a mailbox-level failure has an incident of its own.
 */
export interface Incident {
  readonly id: IncidentId;
  /** Equal for failures with one root cause: the profile or the mailbox, and the kind of trouble. */
  readonly cause: string;
  readonly scope: 'mailbox' | 'profile';
  readonly profileId: ProfileId | null;
  /** How many mailboxes are or were affected; each is an IncidentMember. */
  readonly mailboxCount: number;
  /** How many members are in each state now. */
  readonly counts: Readonly<Record<IncidentMemberState, number>>;
  /** The direction that failed first. */
  readonly direction: Direction;
  readonly topic: TopicId;
  readonly failure: Failure;
  readonly state: 'confirming' | 'retrying' | 'disabled' | 'answers-again' | 'closed';
  readonly attempt: number;
  readonly nextAttemptAt: Instant | null;
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
  readonly steps: readonly IncidentStep[];
}
