import type { MailboxId, UserId } from '../../domain/ids.ts';
import { DIRECTIONS } from '../../domain/mailbox.ts';
import type { MailboxState } from '../../domain/mailbox-state.ts';
import type { SetUpChange } from '../../domain/set-up-change.ts';
import { instantOf } from '../../domain/time.ts';
import type { Transaction } from '../../store/index.ts';
import { doneBefore, rememberDone } from '../once.ts';
import type { ActionContext, SetActiveAnswer } from '../sync-engine.ts';
import { closeAlerts } from './alert-record.ts';
import { changeId } from './change-profile.ts';
import type { ChangeableRegistry } from './changeable-registry.ts';
import type { Cycle } from './cycle.ts';
import type { EngineParts } from './engine-parts.ts';
import { mailboxOf, pendingSend, readState, withDirection } from './mailbox-records.ts';
import type { RegisteredMailbox } from './registry.ts';

/** Lies over the registry file as every change does that is made with a button. */
export async function setActive(
  parts: EngineParts,
  changeable: ChangeableRegistry,
  cycle: Pick<Cycle, 'plan'>,
  mailboxId: MailboxId,
  active: boolean,
  { actor, idempotencyKey, signal }: ActionContext,
): Promise<SetActiveAnswer> {
  const registered = parts.registry.mailboxes.get(mailboxId);
  const base = changeable.file.mailboxes.get(mailboxId);
  if (registered === undefined || base === undefined) return { kind: 'not-found' };
  signal.throwIfAborted();
  const once = { action: 'set-active', mailboxId, key: idempotencyKey };
  return parts.store.transact(async (transaction) => {
    const id = changeId(mailboxId, 'active');
    const made = await transaction.get('setUpChanges', id);
    // Of two presses at once, the registry shows the first one's only when it is on disk.
    const before = made?.part === 'active' && made.overruledAt === null ? made.now : base.active;
    const state = { ...(await readState(transaction, registered)), active: before };
    const waiting = await pendingSend(transaction, mailboxId);
    if ((await doneBefore(transaction, once)) !== null) {
      return { kind: 'changed', mailbox: mailboxOf(registered, state, waiting) };
    }
    if (before === active) {
      return { kind: 'unchanged', mailbox: mailboxOf(registered, state, waiting) };
    }
    const kept: SetUpChange = {
      ...{ id, part: 'active', mailboxId, at: instantOf(parts.scheduler.now()) },
      ...{ by: actor.userId, overruledAt: null, over: base.active, now: active },
    };
    const stands = active !== base.active;
    if (stands) await transaction.put('setUpChanges', kept);
    else await transaction.remove('setUpChanges', id);
    await rememberDone(transaction, parts.scheduler, once, active ? 'active' : 'inactive');
    const next = await switchTo(parts, transaction, registered, state, active, actor.userId);
    transaction.afterCommit(() => {
      if (stands) changeable.lay(kept);
      else changeable.lift(kept);
      cycle.plan(registered, next);
    });
    return { kind: 'changed', mailbox: mailboxOf(registered, next, waiting) };
  });
}

/**
 * What was enabled stays so. Nobody looks at an inactive mailbox: its retries and alerts are over,
 * and what still fails when it is active again is told anew.
 */
async function switchTo(
  parts: Pick<EngineParts, 'emit' | 'scheduler'>,
  transaction: Transaction,
  registered: RegisteredMailbox,
  state: MailboxState,
  active: boolean,
  by: UserId | null,
): Promise<MailboxState> {
  let next: MailboxState = { ...state, active, version: state.version + 1 };
  for (const direction of active ? [] : DIRECTIONS) {
    next = withDirection(next, direction, {
      ...next.directions[direction],
      transientFailures: 0,
      nextAttemptAt: null,
      confirming: false,
      lastFailure: null,
      answersAgainAt: null,
    });
    await closeAlerts(parts, transaction, registered, direction);
  }
  await transaction.put('mailboxStates', next);
  const kind = active ? 'mailbox-activated' : 'mailbox-deactivated';
  await parts.emit(transaction, { ...registered, active }, { kind, by });
  return next;
}
