import type { FailureNature, FailureScope } from './failure.ts';
import type { AlertId, MailboxId, ProfileId, TopicId } from './ids.ts';
import type { Direction } from './mailbox.ts';
import type { Instant } from './time.ts';

/** Dataverse `tracelog.level` (domain.md §4.3). */
export type AlertLevel = 'information' | 'warning' | 'error';

/** Values that stand between the fixed words of an alert. */
export interface AlertSlots {
  readonly mailbox?: string;
  readonly profile?: string;
  readonly subject?: string;
  readonly otherMailbox?: string;
}
export type SlotName = keyof AlertSlots;

/** One occurrence: what the engine raised, about whom, and whether it still holds. */
export interface Alert {
  readonly id: AlertId;
  readonly topic: TopicId;
  readonly level: AlertLevel;
  readonly scope: FailureScope;
  readonly nature: FailureNature;
  readonly mailboxId: MailboxId | null;
  readonly profileId: ProfileId | null;
  readonly direction: Direction;
  readonly slots: AlertSlots;
  /** As the system of record printed it: a text from outside. Absent where this engine raised it. */
  readonly text?: string;
  readonly raisedAt: Instant;
  /** Of an information it lies ahead: nothing has to happen for it to end. */
  readonly closedAt: Instant | null;
  /** Only on a profile's wall, where `mailboxId` is null: how many mailboxes suffer from it now. */
  readonly affected?: number;
}
