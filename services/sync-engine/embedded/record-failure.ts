import type { Alert } from '../../domain/alert.ts';
import type { Failure } from '../../domain/failure.ts';
import { afterFailure } from '../../domain/failure-policy.ts';
import type { Direction } from '../../domain/mailbox.ts';
import type { MailboxState } from '../../domain/mailbox-state.ts';
import type { EmailServerProfile } from '../../domain/profile.ts';
import type { Transaction } from '../../store/index.ts';
import { raiseAlert } from './alert-record.ts';
import type { EngineParts } from './engine-parts.ts';
import { withDirection } from './mailbox-records.ts';
import type { RegisteredMailbox } from './registry.ts';

export interface DirectionInTransaction {
  readonly transaction: Transaction;
  readonly registered: RegisteredMailbox;
  readonly profile: EmailServerProfile;
  readonly direction: Direction;
  readonly state: MailboxState;
}

/** What the failure policy makes of a failed attempt at an enabled direction, alert and event included. */
export async function recordFailure(
  parts: EngineParts,
  where: DirectionInTransaction,
  failure: Failure,
): Promise<{ readonly state: MailboxState; readonly alert: Alert | null }> {
  const { transaction, registered, direction } = where;
  const decision = afterFailure(where.state.directions[direction], failure, parts.scheduler.now());
  if (decision.kind === 'ignore') return { state: where.state, alert: null };
  const after = decision.state;
  const state = withDirection(where.state, direction, after);
  await transaction.put('mailboxStates', state);
  if (decision.kind === 'confirm') {
    await parts.emit(transaction, registered, { kind: 'direction-confirming', direction, failure });
    return { state, alert: null };
  }
  const level = decision.kind === 'retry' ? 'warning' : 'error';
  const alert = await raiseAlert(parts, transaction, { ...where, failure, level });
  if (decision.kind === 'disable') {
    await parts.emit(transaction, registered, {
      kind: 'direction-disabled',
      direction,
      failure,
      because: decision.because,
      alert,
    });
  } else if (after.nextAttemptAt !== null) {
    await parts.emit(transaction, registered, {
      kind: 'direction-retrying',
      direction,
      failure,
      attempt: decision.attempt,
      nextAttemptAt: after.nextAttemptAt,
      alert,
    });
  }
  return { state, alert };
}
