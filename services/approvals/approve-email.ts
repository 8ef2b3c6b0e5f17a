import type { AuditEntry } from '../domain/audit.ts';
import { mayApprove } from '../domain/permission.ts';
import type { ApproveAnswer } from '../sync-engine/index.ts';
import type { ApprovalParts } from './approval-parts.ts';
import type { Approvals, ApproveOutcome } from './approvals.ts';
import { auditOnce, writeAudit } from './audit-entry.ts';
import { hasAnotherAddress, mailboxInSight } from './in-sight.ts';
import { settleRequests } from './settle-requests.ts';

export async function approveEmail(
  parts: ApprovalParts,
  { mailboxId, seenAddress = null, actor, context }: Parameters<Approvals['approve']>[0],
): Promise<ApproveOutcome> {
  const audit = (
    outcome: AuditEntry['outcome'],
    detail: string | null,
  ): Omit<AuditEntry, 'at'> => ({
    actor: actor.id,
    action: 'approve-email',
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
    // Refusing what is done already, and offering to ask for it, would send people in circles.
    if (mailbox.approval.state === 'approved') {
      await writeAudit(parts, audit('no-change', 'already-approved'));
      return { kind: 'already-approved', mailbox };
    }
    await writeAudit(parts, audit('denied', permission.reason));
    return { kind: 'denied', mailbox, permission };
  }
  if (hasAnotherAddress(mailbox, seenAddress)) {
    await writeAudit(parts, audit('no-change', 'address-changed'));
    return { kind: 'address-changed', mailbox };
  }
  const answer = await parts.engine.approve(mailboxId, {
    ...context,
    actor: { ...context.actor, userId: person.id },
  });
  const holds = answer.kind === 'approved' || answer.kind === 'already-approved';
  await parts.store.transact(async (transaction) => {
    const entry = audit(auditOutcome(answer), answer.kind);
    await auditOnce(parts, transaction, entry, context.idempotencyKey);
    if (!holds) return;
    await settleRequests(parts, transaction, mailboxId, person.id);
    await parts.enqueueCopyUpdates(transaction, [mailboxId]);
    transaction.afterCommit(parts.kick);
  });
  return answer.kind === 'approved' ? { ...answer, ourReading: permission.ourReading } : answer;
}

function auditOutcome({ kind }: ApproveAnswer): AuditEntry['outcome'] {
  if (kind === 'approved') return 'done';
  return kind === 'already-approved' || kind === 'sign-in-required' ? 'no-change' : 'failed';
}
