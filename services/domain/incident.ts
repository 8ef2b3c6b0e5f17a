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
    | 'enabled';
  readonly attempt: number | null;
}

/**
 * One root cause, one message: all mailboxes of a profile that fail for the same reason share an
 * incident; a mailbox-level failure has an incident of its own.
 */
export interface Incident {
  readonly id: IncidentId;
  /** Equal for failures with one root cause: profile + reason, or mailbox + direction + reason. */
  readonly cause: string;
  readonly scope: 'mailbox' | 'profile';
  readonly profileId: ProfileId | null;
  readonly mailboxIds: readonly MailboxId[];
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
