import type { Failure } from '../../domain/failure.ts';
import { afterSuccess, DISABLED_PROBE_GAP_MS } from '../../domain/failure-policy.ts';
import type { Direction } from '../../domain/mailbox.ts';
import type { MailboxState } from '../../domain/mailbox-state.ts';
import { instantOf } from '../../domain/time.ts';
import { closeAlerts, raiseAlert } from './alert-record.ts';
import type { Attempted } from './attempt.ts';
import { isChanged } from './changeable-registry.ts';
import type { EngineParts } from './engine-parts.ts';
import { countReceived } from './mail-flow.ts';
import { pendingSend, readState, watchedDirections, withDirection } from './mailbox-records.ts';
import { unlessOtherOrganization } from './primary-organization.ts';
import { type DirectionInTransaction, recordFailure } from './record-failure.ts';
import type { RegisteredMailbox, RegisteredProfile } from './registry.ts';

type Passed = Extract<Attempted, { outcome: 'passed' }>;

/**
 * Makes an attempt of the cycle count: the policy's decision, alerts and events, in one transaction.
 * A healthy direction that stays healthy writes nothing, or 10 000 mailboxes would keep the disk busy.
 * What a server said that the profile names no more (`used` is the profile it was asked by) is nothing.
 */
export async function recordAttempt(
  parts: EngineParts,
  registered: RegisteredMailbox,
  direction: Direction,
  used: RegisteredProfile,
  seen: Attempted,
): Promise<MailboxState | 'set-up-changed'> {
  const current = await readState(parts.store, registered);
  if (isChanged(parts.registry, used)) return 'set-up-changed';
  if (seen.outcome === 'passed' && saysNothingNew(current, direction, seen)) {
    return current;
  }
  return parts.store.transact(async (transaction) => {
    const state = await readState(transaction, registered);
    if (isChanged(parts.registry, used)) return 'set-up-changed';
    const watched = watchedDirections(registered, state).includes(direction);
    const attempted = await unlessOtherOrganization(parts, transaction, registered, seen);
    if (!watched || attempted.outcome === 'cancelled') return state;
    const where = { transaction, registered, profile: used.profile, direction, state };
    const disabled = state.directions[direction].disabledAt !== null;
    if (attempted.outcome === 'passed') {
      return disabled ? recordAnswersAgain(parts, where) : recordWorks(parts, where, attempted);
    }
    if (attempted.failure.reason === 'not-approved' && state.approval.state === 'approved') {
      // Approved while the attempt was under way.
      return state;
    }
    return disabled
      ? recordStillDisabled(parts, where, attempted.failure)
      : (await recordFailure(parts, where, attempted.failure)).state;
  });
}

function saysNothingNew(
  { directions, lastSeenUid }: MailboxState,
  direction: Direction,
  passed: Passed,
): boolean {
  const { enabled, status, confirming, transientFailures } = directions[direction];
  return (
    enabled &&
    status === 'success' &&
    !confirming &&
    transientFailures === 0 &&
    (direction !== 'incoming' || (passed.lastSeenUid ?? lastSeenUid) === lastSeenUid)
  );
}

async function recordWorks(
  parts: EngineParts,
  where: DirectionInTransaction,
  attempted: Passed,
): Promise<MailboxState> {
  const { transaction, registered, direction, state } = where;
  const { lastSeenUid } = attempted;
  const before = state.directions[direction];
  const troubled = before.transientFailures > 0 || before.confirming;
  const seen = direction === 'incoming' ? (lastSeenUid ?? state.lastSeenUid) : state.lastSeenUid;
  if (saysNothingNew(state, direction, attempted)) return state;
  const after = afterSuccess(before);
  const next = { ...withDirection(state, direction, after), lastSeenUid: seen };
  await transaction.put('mailboxStates', next);
  if (seen !== state.lastSeenUid) {
    await countReceived(parts, transaction, registered, attempted);
  }
  if (!troubled) return next;
  await closeAlerts(parts, transaction, registered, direction);
  await parts.emit(transaction, registered, { kind: 'direction-recovered', direction });
  return next;
}

/** Said once; said again only after the server has failed in between. */
async function recordAnswersAgain(
  parts: EngineParts,
  { transaction, registered, direction, state }: DirectionInTransaction,
): Promise<MailboxState> {
  const before = state.directions[direction];
  const now = parts.scheduler.now();
  const next = withDirection(state, direction, {
    ...before,
    answersAgainAt: before.answersAgainAt ?? instantOf(now),
    nextAttemptAt: instantOf(now + DISABLED_PROBE_GAP_MS),
  });
  await transaction.put('mailboxStates', next);
  if (before.answersAgainAt === null) {
    await parts.emit(transaction, registered, {
      kind: 'server-answers-again',
      direction,
      pendingSend: await pendingSend(transaction, registered.id),
    });
  }
  return next;
}

async function recordStillDisabled(
  parts: EngineParts,
  where: DirectionInTransaction,
  failure: Failure,
): Promise<MailboxState> {
  const { transaction, registered, direction, state } = where;
  const now = parts.scheduler.now();
  const before = state.directions[direction];
  const next = withDirection(state, direction, {
    ...before,
    answersAgainAt: null,
    lastFailure: { ...failure, at: instantOf(now) },
    nextAttemptAt: instantOf(now + DISABLED_PROBE_GAP_MS),
  });
  await transaction.put('mailboxStates', next);
  // Of a mailbox that was inactive nothing is known: what still fails is told again.
  if (before.answersAgainAt !== null || before.lastFailure === null) {
    const alert = await raiseAlert(parts, transaction, { ...where, failure, level: 'error' });
    await parts.emit(transaction, registered, {
      kind: 'server-fails-again',
      direction,
      failure,
      alert,
    });
  }
  return next;
}
