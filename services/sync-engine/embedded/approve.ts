import type { MailboxId } from '../../domain/ids.ts';
import { instantOf } from '../../domain/time.ts';
import type { ActionContext, ApproveAnswer } from '../sync-engine.ts';
import type { EngineParts } from './engine-parts.ts';
import { mailboxOf, pendingSend, readState } from './mailbox-records.ts';
import { doneBefore, rememberDone } from './once.ts';

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
    const next = {
      ...state,
      approval: {
        state: 'approved' as const,
        decidedBy: actor.userId,
        decidedAt: instantOf(parts.scheduler.now()),
      },
      version: state.version + 1,
    };
    await transaction.put('mailboxStates', next);
    await rememberDone(transaction, parts.scheduler, once, 'approved');
    await parts.emit(transaction, registered, {
      kind: 'approval-changed',
      approved: true,
      by: actor.userId,
    });
    return { kind: 'approved', mailbox: mailboxOf(registered, next, waiting) };
  });
}
