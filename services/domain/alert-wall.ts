import type { Alert } from './alert.ts';
import type { MailboxId, ProfileId, UserId } from './ids.ts';
import { epochMsOf, HOUR_MS, type Instant, instantOf } from './time.ts';

/**
 * Where alerts are read (domain.md §6.2): a mailbox's own wall, a profile's, or that of a person, who
 * owns mailboxes and profiles.
 */
export type AlertWall =
  | { readonly of: 'mailbox'; readonly mailboxId: MailboxId }
  | { readonly of: 'profile'; readonly profileId: ProfileId }
  | { readonly of: 'person'; readonly userId: UserId };

export interface AlertQuery {
  readonly wall: AlertWall;
  /** Those whose condition holds; or the closed ones after them, too. */
  readonly state: 'open' | 'any';
  readonly limit: number;
}

export interface WallAlert {
  readonly alert: Alert;
  readonly open: boolean;
}

/** A success has no condition that could end: it is news for a day, or until the next alert. */
const INFORMATION_HOLDS_MS = 24 * HOUR_MS;

export function informationEnds(raisedAt: Instant): Instant {
  return instantOf(epochMsOf(raisedAt) + INFORMATION_HOLDS_MS);
}

function isOpen({ closedAt }: Alert, nowMs: number): boolean {
  return closedAt === null || epochMsOf(closedAt) > nowMs;
}

/** What holds stands first, the newest of it at the top. */
export function asOnTheWall(
  alerts: readonly Alert[],
  { state, limit }: Pick<AlertQuery, 'state' | 'limit'>,
  nowMs: number,
): readonly WallAlert[] {
  return alerts
    .map((alert) => ({ alert, open: isOpen(alert, nowMs) }))
    .filter(({ open }) => open || state === 'any')
    .sort(
      (a, b) => Number(b.open) - Number(a.open) || b.alert.raisedAt.localeCompare(a.alert.raisedAt),
    )
    .slice(0, limit);
}
