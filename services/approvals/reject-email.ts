import { decide } from '../domain/approval-request.ts';
import type { AuditEntry } from '../domain/audit.ts';
import type { MailboxId, UserId } from '../domain/ids.ts';
import { mayApprove } from '../domain/permission.ts';
import { rejectionId } from '../domain/rejection.ts';
import { instantOf } from '../domain/time.ts';
import type { Transaction } from '../store/index.ts';
import type { ApprovalParts } from './approval-parts.ts';
import type { Approvals, RejectOutcome } from './approvals.ts';
import { auditOnce, writeAudit } from './audit-entry.ts';
import { hasAnotherAddress, mailboxInSight } from './in-sight.ts';

/** Who may approve may reject ("Approve Email" and "Reject Email" are one privilege, domain.md §4.10). */
export async function rejectEmail(
  parts: ApprovalParts,
  { mailboxId, seenAddress = null, actor, reason, context }: Parameters<Approvals['reject']>[0],
): Promise<RejectOutcome> {
  const audit = (
    outcome: AuditEntry['outcome'],
    detail: string | null,
  ): Omit<AuditEntry, 'at'> => ({
    actor: actor.id,
    action: 'reject-email',
    subject: mailboxId,
    outcome,
    detail,
  });
  const sight = await mailboxInSight(parts, mailboxId, actor.id);
  if (sight === null) {
    await writeAudit(parts, audit('denied', 'not-found'));
    return { kind: 'not-found' };
  }
  const { person, mailbox, profile, organization } = sight;
  if (profile === null) {
    await writeAudit(parts, audit('no-change', 'profile-missing'));
    return { kind: 'profile-missing' };
  }
  const permission = mayApprove(person, profile, organization);
  if (!permission.allowed) {
    await writeAudit(parts, audit('denied', permission.reason));
    return { kind: 'denied', mailbox, permission };
  }
  if (hasAnotherAddress(mailbox, seenAddress)) {
    await writeAudit(parts, audit('no-change', 'address-changed'));
    return { kind: 'address-changed', mailbox };
  }
  if (mailbox.approval.state === 'rejected') return { kind: 'already-rejected', mailbox };
  // Kept before the engine acts: whoever is told of the event reads the reason.
  const rejection = {
    id: rejectionId(mailboxId, person.id),
    mailboxId,
    rejectedBy: person.id,
    reason,
    rejectedAt: instantOf(parts.clock.now()),
  };
  await parts.store.transact((transaction) => transaction.put('rejections', rejection));
  const answer = await parts.engine.reject(mailboxId, {
    ...context,
    actor: { ...context.actor, userId: person.id },
  });
  await parts.store.transact(async (transaction) => {
    if (answer.kind === 'rejected') {
      await auditOnce(parts, transaction, audit('done', reason), context.idempotencyKey);
      await settleAsRejected(parts, transaction, mailboxId, person.id);
    } else {
      const refused = answer.kind !== 'already-rejected' && answer.kind !== 'sign-in-required';
      const outcome = refused ? 'failed' : 'no-change';
      // Whoever never signs in has given no reason.
      if (answer.kind === 'sign-in-required') await transaction.remove('rejections', rejection.id);
      await auditOnce(parts, transaction, audit(outcome, answer.kind), context.idempotencyKey);
    }
    await parts.enqueueCopyUpdates(transaction, [mailboxId]);
    transaction.afterCommit(parts.kick);
  });
  return answer;
}

/** Who asked for the approval has an answer, too. */
async function settleAsRejected(
  { clock }: Pick<ApprovalParts, 'clock'>,
  transaction: Transaction,
  mailboxId: MailboxId,
  by: UserId,
): Promise<void> {
  const waiting = { mailboxId, state: 'pending' as const };
  for (const request of await transaction.find('approvalRequests', waiting)) {
    const { request: decided } = decide(request, 'reject', by, instantOf(clock.now()));
    await transaction.put('approvalRequests', decided);
  }
}
