import type { MailboxId } from '../../domain/ids.ts';
import { instantOf } from '../../domain/time.ts';
import { doneBefore, rememberDone } from '../once.ts';
import type { ActionContext, RejectAnswer } from '../sync-engine.ts';
import type { EngineParts } from './engine-parts.ts';
import { mailboxOf, pendingSend, readState } from './mailbox-records.ts';

/** Rejects the address that the mailbox has now ("Reject Email"): mail stops wherever approval is required. */
export async function reject(
  parts: EngineParts,
  mailboxId: MailboxId,
  { actor, idempotencyKey, signal }: ActionContext,
): Promise<RejectAnswer> {
  const registered = parts.registry.mailboxes.get(mailboxId);
  if (registered === undefined) return { kind: 'not-found' };
  if (registered.profileId === null) return { kind: 'profile-missing' };
  if (!registered.active) return { kind: 'mailbox-inactive' };
  signal.throwIfAborted();
  const once = { action: 'reject', mailboxId, key: idempotencyKey };
  return parts.store.transact(async (transaction) => {
    const state = await readState(transaction, registered);
    const waiting = await pendingSend(transaction, mailboxId);
    const repeated = (await doneBefore(transaction, once)) !== null;
    if (repeated || state.approval.state === 'rejected') {
      const kind = repeated ? 'rejected' : 'already-rejected';
      return { kind, mailbox: mailboxOf(registered, state, waiting) };
    }
    const approval = {
      state: 'rejected' as const,
      decidedBy: actor.userId,
      decidedAt: instantOf(parts.scheduler.now()),
    };
    const next = { ...state, approval, version: state.version + 1 };
    await transaction.put('mailboxStates', next);
    await rememberDone(transaction, parts.scheduler, once, 'rejected');
    await parts.emit(transaction, registered, {
      kind: 'approval-changed',
      approved: false,
      by: actor.userId,
    });
    return { kind: 'rejected', mailbox: mailboxOf(registered, next, waiting) };
  });
}
