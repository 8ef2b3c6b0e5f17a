import type { ProfileId } from './ids.ts';
import type { Instant } from './time.ts';

/** A time in which over half of a profile's mailboxes fail: `sendemailalert` (domain.md §6.2). */
export interface ProfileOutage {
  readonly id: string;
  readonly profileId: ProfileId;
  readonly since: Instant;
  /** When it was noticed, and of how many. */
  readonly failing: number;
  readonly mailboxes: number;
  readonly endedAt: Instant | null;
}

/** Of a single mailbox, the news that it fails says as much. */
export function isOutage(failing: number, mailboxes: number): boolean {
  return mailboxes > 1 && failing * 2 > mailboxes;
}
