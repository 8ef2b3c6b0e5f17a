import type { Alert } from '../../domain/alert.ts';
import { informationEnds } from '../../domain/alert-wall.ts';
import type { OccurredFailure } from '../../domain/failure.ts';
import { DIRECTIONS, type Direction } from '../../domain/mailbox.ts';
import { epochMsOf, HOUR_MS, type Instant } from '../../domain/time.ts';
import { momentIn, numberIn, type RowValues } from './row-values.ts';
import { toAlert } from './to-alert.ts';
import { directionIn, isActive, mailboxIdIn, profileIdIn } from './to-mailbox.ts';
import type { ReadLog } from './trace-logs.ts';

/** A mailbox's alerts, and the failures that its open ones tell of. */
export interface AlertsOfMailbox {
  readonly alerts: readonly Alert[];
  readonly failures: Readonly<Partial<Record<Direction, OccurredFailure>>>;
}

/** Retries come every five minutes, those of ACT every quarter of an hour: after ten, it is over. */
const WARNING_HOLDS_MS = 3 * HOUR_MS;

/**
 * Trace logs are written and never changed (there is no message for it): whether the condition of
 * one holds is told by the mailbox. An error holds while its direction is not enabled and its last
 * result is Failure; what was said of a direction that is enabled holds until it succeeds, and no
 * longer than retries last. Of one direction only the newest holds: it is the reason now.
 */
export function alertsOfMailbox(
  row: RowValues,
  newestFirst: readonly ReadLog[],
  now: Instant,
): AlertsOfMailbox {
  const failing = failingDirections(row);
  const mailboxId = mailboxIdIn(row);
  const profileId = profileIdIn(row);
  const failures: Partial<Record<Direction, OccurredFailure>> = {};
  const newer = new Map<Direction, Instant>();
  const alerts: Alert[] = [];
  for (const { row: log, named } of newestFirst) {
    const told = toAlert(log, named, { profileId, failing, closedAt: null });
    if (told === null) continue;
    const alert: Alert = { ...told, mailboxId: told.mailboxId ?? mailboxId };
    const { direction, raisedAt, level, scope } = alert;
    if (level === 'information') {
      alerts.push(alert);
      continue;
    }
    if (scope === 'email') {
      alerts.push({ ...alert, closedAt: informationEnds(raisedAt) });
      continue;
    }
    const seenAt = latest(raisedAt, momentIn(log, 'modifiedon'));
    const closedAt = newer.get(direction) ?? endOf(row, alert, seenAt, now);
    alerts.push({ ...alert, closedAt });
    newer.set(direction, raisedAt);
    if (closedAt === null) failures[direction] = { ...named.failure, at: raisedAt };
  }
  return { alerts, failures };
}

/** Directions that the server synchronizes and that say Failure. */
export function failingDirections(row: RowValues): readonly Direction[] {
  return DIRECTIONS.filter((direction) => {
    const { method, status } = directionIn(row, direction);
    return isActive(row) && method === 'server-side-synchronization' && status === 'failure';
  });
}

/** Whether anything of it may be explained by an alert: a healthy mailbox needs none to be read. */
export function mayBeInTrouble(row: RowValues): boolean {
  return isActive(row) && (failingDirections(row).length > 0 || mayBeRetried(row));
}

/** The counts of all operations in one number: zero where none fails. */
function mayBeRetried(row: RowValues): boolean {
  return numberIn(row, 'transientfailurecount') !== 0;
}

/** Null while the condition holds. */
function endOf(
  row: RowValues,
  { direction, level }: Alert,
  seenAt: Instant,
  now: Instant,
): Instant | null {
  const { method, enabled, status } = directionIn(row, direction);
  const succeededAt = successIn(row);
  const ended = succeededAt !== null && succeededAt > seenAt ? succeededAt : seenAt;
  if (!isActive(row) || method !== 'server-side-synchronization') return ended;
  if (!enabled) return status === 'failure' && level === 'error' ? null : ended;
  const recent = epochMsOf(now) - epochMsOf(seenAt) < WARNING_HOLDS_MS;
  const retried = level === 'error' || mayBeRetried(row);
  const succeeded = status !== 'failure' && succeededAt !== null && succeededAt >= seenAt;
  return recent && retried && !succeeded ? null : ended;
}

function successIn(row: RowValues): Instant | null {
  const synced = momentIn(row, 'lastsuccessfulsynccompletedon');
  const tested = momentIn(row, 'testmailboxaccesscompletedon');
  return synced === null || tested === null ? (synced ?? tested) : latest(synced, tested);
}

function latest(one: Instant, other: Instant | null): Instant {
  return other !== null && other > one ? other : one;
}

export function isOpenAlert({ closedAt }: Pick<Alert, 'closedAt'>, now: Instant): boolean {
  return closedAt === null || closedAt > now;
}
