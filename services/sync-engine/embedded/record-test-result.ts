import type { Failure } from '../../domain/failure.ts';
import { afterSuccess, DISABLED_PROBE_GAP_MS } from '../../domain/failure-policy.ts';
import type { AlertId, UserId } from '../../domain/ids.ts';
import type { MailboxState } from '../../domain/mailbox-state.ts';
import { instantOf } from '../../domain/time.ts';
import { closeAlerts, raiseAlert } from './alert-record.ts';
import type { EngineParts } from './engine-parts.ts';
import { pendingSend, withDirection } from './mailbox-records.ts';
import { becomePrimary } from './primary-organization.ts';
import { type DirectionInTransaction, recordFailure } from './record-failure.ts';
import { raiseSuccess } from './success-alert.ts';

export interface RecordedResult {
  readonly state: MailboxState;
  readonly raised: readonly AlertId[];
  /** Pending Send messages that may go now. */
  readonly released: number;
}

/** A direction that passed Test & Enable is enabled, whatever it was before. */
export async function recordTestPassed(
  parts: EngineParts,
  where: DirectionInTransaction,
  by: UserId,
): Promise<RecordedResult> {
  const { transaction, registered, profile, direction, state } = where;
  const before = state.directions[direction];
  const next = withDirection(state, direction, {
    ...afterSuccess(before),
    enabled: true,
    disabledAt: null,
    answersAgainAt: null,
  });
  await transaction.put('mailboxStates', next);
  await closeAlerts(parts, transaction, registered, direction);
  const alert = await raiseSuccess(parts, transaction, registered, profile, direction);
  await becomePrimary(parts, transaction, registered, by);
  if (!before.enabled) {
    await parts.emit(transaction, registered, { kind: 'direction-enabled', direction, by });
  } else if (before.transientFailures > 0 || before.confirming) {
    await parts.emit(transaction, registered, { kind: 'direction-recovered', direction });
  }
  const releases = direction === 'outgoing' && !before.enabled;
  const released = releases ? await pendingSend(transaction, registered.id) : 0;
  return { state: next, raised: [alert.id], released };
}

/**
 * A direction that failed Test & Enable. A test is no retry: it neither uses one up nor replaces the
 * confirmation that is due. It disables for a permanent failure, and never enables.
 */
export async function recordTestFailed(
  parts: EngineParts,
  where: DirectionInTransaction,
  failure: Failure,
): Promise<RecordedResult> {
  const { direction, state } = where;
  const before = state.directions[direction];
  const unchanged: RecordedResult = { state, raised: [], released: 0 };
  if (failure.scope === 'email') return unchanged;
  const inTrouble = before.transientFailures > 0 || before.confirming;
  const undecided = failure.nature === 'transient' || failure.needsConfirmation;
  if (before.enabled && inTrouble && undecided) return unchanged;
  if (before.enabled) {
    const { state: next, alert } = await recordFailure(parts, where, failure);
    const raised = alert === null ? [] : [alert.id];
    return { ...unchanged, state: next, raised };
  }
  return recordNotEnabled(parts, where, failure);
}

async function recordNotEnabled(
  parts: EngineParts,
  where: DirectionInTransaction,
  failure: Failure,
): Promise<RecordedResult> {
  const { transaction, registered, direction, state } = where;
  const before = state.directions[direction];
  const now = parts.scheduler.now();
  const disables = before.disabledAt === null && failure.nature === 'permanent';
  const disabledAt = disables ? instantOf(now) : before.disabledAt;
  const next = withDirection(state, direction, {
    ...before,
    status: 'failure',
    lastFailure: { ...failure, at: instantOf(now) },
    disabledAt,
    answersAgainAt: null,
    nextAttemptAt: disabledAt === null ? null : instantOf(now + DISABLED_PROBE_GAP_MS),
  });
  await transaction.put('mailboxStates', next);
  const level = disabledAt === null ? 'warning' : 'error';
  const alert = await raiseAlert(parts, transaction, { ...where, failure, level });
  // Disabled for another reason than before is news as well: the people to act may be others.
  const anotherReason = disabledAt !== null && before.lastFailure?.reason !== failure.reason;
  if (disables || anotherReason) {
    await parts.emit(transaction, registered, {
      kind: 'direction-disabled',
      direction,
      failure,
      because: 'permanent',
      alert,
    });
  } else if (before.answersAgainAt !== null) {
    await parts.emit(transaction, registered, {
      kind: 'server-fails-again',
      direction,
      failure,
      alert,
    });
  }
  return { state: next, raised: [alert.id], released: 0 };
}
