import { instantOf } from '../domain/time.ts';
import { mailboxById } from '../sync-engine/index.ts';
import type { ApprovalParts } from './approval-parts.ts';
import type { Approvals } from './approvals.ts';
import { auditEntry } from './audit-entry.ts';
import { settleRequests } from './settle-requests.ts';

/** Whose mailbox it is has approved its address by testing it: written down as an approval of theirs. */
export async function selfApproved(
  parts: ApprovalParts,
  { mailboxId, actor, key }: Parameters<Approvals['selfApproved']>[0],
): Promise<void> {
  const mailbox = await mailboxById(parts.engine, mailboxId);
  const { state, decidedBy } = mailbox?.approval ?? {};
  // Somebody else may have been first.
  if (state !== 'approved' || decidedBy !== actor.id) return;
  const id = `approvals/self/${mailboxId}/${actor.id}/${key}`;
  await parts.store.transact(async (transaction) => {
    if ((await transaction.get('idempotency', id)) !== undefined) return;
    const at = instantOf(parts.clock.now());
    await transaction.put('idempotency', { id, result: 'approved', at });
    await transaction.audit(
      auditEntry(parts, {
        actor: actor.id,
        action: 'approve-email',
        subject: mailboxId,
        outcome: 'done',
        detail: 'self-approval by Test & Enable',
      }),
    );
    await settleRequests(parts, transaction, mailboxId, actor.id);
    await parts.enqueueCopyUpdates(transaction, [mailboxId]);
    transaction.afterCommit(parts.kick);
  });
}
