import type { MailboxId, UserId } from '../../domain/ids.ts';
import type { MailboxState } from '../../domain/mailbox-state.ts';
import { instantOf } from '../../domain/time.ts';
import type { Transaction } from '../../store/index.ts';
import { doneBefore, rememberDone } from '../once.ts';
import type { ActionContext, ApproveAnswer } from '../sync-engine.ts';
import type { EngineParts } from './engine-parts.ts';
import { mailboxOf, pendingSend, readState } from './mailbox-records.ts';
import type { RegisteredMailbox } from './registry.ts';

/** Approves the address that the mailbox has now. Enables nothing: that takes Test & Enable. */
export async function approve(
  parts: EngineParts,
  mailboxId: MailboxId,
  { actor, idempotencyKey, signal }: ActionContext,
): Promise<ApproveAnswer> {
  const registered = parts.registry.mailboxes.get(mailboxId);
  if (registered === undefined) return { kind: 'not-found' };
  const { profileId } = registered;
  if (profileId === null) return { kind: 'profile-missing' };
  if (!registered.active) return { kind: 'mailbox-inactive' };
  signal.throwIfAborted();
  const once = { action: 'approve', mailboxId, key: idempotencyKey };
  return parts.store.transact(async (transaction) => {
    const state = await readState(transaction, registered);
    const waiting = await pendingSend(transaction, mailboxId);
    if (state.approval.state === 'approved') {
      const kind = (await doneBefore(transaction, once)) === null ? 'already-approved' : 'approved';
      return { kind, mailbox: mailboxOf(registered, state, waiting) };
    }
    const next = await giveApproval(parts, transaction, registered, state, actor.userId);
    await rememberDone(transaction, parts.scheduler, once, 'approved');
    return { kind: 'approved', mailbox: mailboxOf(registered, next, waiting) };
  });
}

export async function giveApproval(
  parts: Pick<EngineParts, 'emit' | 'scheduler'>,
  transaction: Transaction,
  registered: RegisteredMailbox,
  state: MailboxState,
  by: UserId,
): Promise<MailboxState> {
  const decidedAt = instantOf(parts.scheduler.now());
  const approval = { state: 'approved' as const, decidedBy: by, decidedAt };
  const next = { ...state, approval, version: state.version + 1 };
  await transaction.put('mailboxStates', next);
  await parts.emit(transaction, registered, { kind: 'approval-changed', approved: true, by });
  return next;
}
