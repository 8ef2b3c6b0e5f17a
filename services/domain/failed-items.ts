import type { TopicId } from './ids.ts';
import type { Instant } from './time.ts';

/**
 * Messages, appointments, contacts and tasks that could not be synchronized one by one, while the
 * mailbox itself works (Dynamics 365 keeps them for three days).
 */
export interface FailedItems {
  /** As Dynamics 365 prints it, e.g. `NoRecipientMatch`: a text from outside. */
  readonly error: string;
  /** The article that explains it; null where none does. */
  readonly topic: TopicId | null;
  readonly count: number;
  readonly latestAt: Instant;
}
