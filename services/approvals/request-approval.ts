import { whoMayApprove } from '../directory/index.ts';
import type { ApprovalRequest } from '../domain/approval-request.ts';
import { type ApprovalRequestId, idOf } from '../domain/ids.ts';
import { mayApprove } from '../domain/permission.ts';
import type { Person } from '../domain/person.ts';
import { instantOf } from '../domain/time.ts';
import { enqueueSend } from '../notifications/index.ts';
import type { Transaction } from '../store/index.ts';
import type { ApprovalParts } from './approval-parts.ts';
import type { Approvals, RequestOutcome } from './approvals.ts';
import { auditEntry } from './audit-entry.ts';
import { type InSight, mailboxInSight } from './in-sight.ts';

/** Longer reasons are cut: they stand on a card that has other things to say. */
const LONGEST_REASON = 500;

export async function requestApproval(
  parts: ApprovalParts,
  { mailboxId, requestedBy, reason, key }: Parameters<Approvals['request']>[0],
): Promise<RequestOutcome> {
  const sight = await mailboxInSight(parts, mailboxId, requestedBy.id);
  if (sight === null) return { kind: 'not-found' };
  const { person, mailbox, profile, organization } = sight;
  if (profile === null) return { kind: 'profile-missing' };
  if (mailbox.approval.state === 'approved') return { kind: 'already-approved', mailbox };
  const permission = mayApprove(person, profile, organization);
  if (permission.allowed) return { kind: 'may-approve', mailbox };
  const { askRoles } = permission;
  const asked = await peopleToAsk(parts, sight);
  if (asked.length === 0) return { kind: 'nobody-to-ask', mailbox, permission };

  return parts.store.transact(async (transaction) => {
    const onceId = `approvals/request/${mailboxId}/${person.id}/${key}`;
    const earlier = await earlierRequest(transaction, onceId, sight);
    if (earlier !== undefined) return { kind: 'already-requested', request: earlier, asked };
    const now = parts.clock.now();
    const request: ApprovalRequest = {
      id: idOf<ApprovalRequestId>(parts.newId()),
      mailboxId,
      requestedBy: person.id,
      requestedAt: instantOf(now),
      reason: reason.replace(/\s+/g, ' ').trim().slice(0, LONGEST_REASON),
      askRoles,
      version: 1,
      state: 'pending',
    };
    await transaction.put('approvalRequests', request);
    await transaction.put('idempotency', { id: onceId, result: request.id, at: instantOf(now) });
    await transaction.audit(
      auditEntry(parts, {
        actor: person.id,
        action: 'request-approval',
        subject: mailboxId,
        outcome: 'done',
        detail: request.id,
      }),
    );
    const reference = { card: 'approval-request', requestId: request.id, mailboxId } as const;
    for (const recipient of asked) {
      await enqueueSend(transaction, request.id, recipient.id, reference, now);
    }
    await parts.enqueueCopyUpdates(transaction, [mailboxId]);
    transaction.afterCommit(parts.kick);
    return { kind: 'requested', request, asked };
  });
}

async function peopleToAsk(
  { directory }: ApprovalParts,
  { person, profile, organization }: InSight,
): Promise<readonly Person[]> {
  if (profile === null) return [];
  const approvers = await whoMayApprove(directory, profile, organization);
  return approvers.filter(({ id }) => id !== person.id);
}

async function earlierRequest(
  transaction: Transaction,
  onceId: string,
  { person, mailbox }: InSight,
): Promise<ApprovalRequest | undefined> {
  const once = await transaction.get('idempotency', onceId);
  const same = once && (await transaction.get('approvalRequests', once.result));
  if (same !== undefined) return same;
  const [pending] = await transaction.find('approvalRequests', {
    mailboxId: mailbox.id,
    requestedBy: person.id,
    state: 'pending',
  });
  return pending;
}
