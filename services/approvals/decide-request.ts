import {
  type ApprovalDecision,
  type ApprovalRequest,
  decide,
  reopen,
} from '../domain/approval-request.ts';
import type { AuditEntry } from '../domain/audit.ts';
import type { UserId } from '../domain/ids.ts';
import { mayApprove } from '../domain/permission.ts';
import { instantOf } from '../domain/time.ts';
import type { ActionContext } from '../sync-engine/index.ts';
import type { ApprovalParts } from './approval-parts.ts';
import type { Approvals, DecisionOutcome } from './approvals.ts';
import { auditEntry, writeAudit } from './audit-entry.ts';
import { hasAnotherAddress, mailboxInSight } from './in-sight.ts';
import { settleRequests } from './settle-requests.ts';

type Undecided = Extract<
  DecisionOutcome,
  { kind: 'not-found' | 'profile-missing' | 'denied' | 'address-changed' }
>;
type Kept = Extract<DecisionOutcome, { kind: 'decided' | 'already-decided' }>;

export async function decideRequest(
  parts: ApprovalParts,
  { requestId, seenAddress = null, decision, actor, context }: Parameters<Approvals['decide']>[0],
): Promise<DecisionOutcome> {
  const asked = await parts.store.get('approvalRequests', requestId);
  const refusal = await refuse(parts, asked, { seenAddress, decision }, actor.id);
  if (asked === undefined || refusal !== null) return refusal ?? { kind: 'not-found' };
  const kept = await keepDecision(parts, asked, decision, actor.id);
  // `approved` is durable before the engine is called: whoever finds it so carries it out.
  if (kept.request.state !== 'approved') return kept;
  const applied = await applyApproval(parts, kept.request, {
    ...context,
    actor: { ...context.actor, userId: actor.id },
  });
  return kept.kind === 'already-decided' && applied.kind === 'decided'
    ? { kind: 'already-decided', request: applied.request }
    : applied;
}

async function refuse(
  parts: ApprovalParts,
  request: ApprovalRequest | undefined,
  {
    seenAddress,
    decision,
  }: { readonly seenAddress: string | null; readonly decision: ApprovalDecision },
  userId: UserId,
): Promise<Undecided | null> {
  const sight = request && (await mailboxInSight(parts, request.mailboxId, userId));
  if (request === undefined || sight === null || sight === undefined) {
    return { kind: 'not-found' };
  }
  const { person, mailbox, profile, organization } = sight;
  if (profile === null) return { kind: 'profile-missing' };
  const permission = mayApprove(person, profile, organization);
  if (permission.allowed) {
    // What is decided already is told, whatever has become of the address.
    if (request.state !== 'pending' || !hasAnotherAddress(mailbox, seenAddress)) return null;
    await writeAudit(parts, auditOf(request, decision, userId, 'no-change', 'address-changed'));
    return { kind: 'address-changed', mailbox };
  }
  await writeAudit(parts, auditOf(request, decision, userId, 'denied', permission.reason));
  return { kind: 'denied', mailbox, permission };
}

function keepDecision(
  parts: ApprovalParts,
  asked: ApprovalRequest,
  decision: ApprovalDecision,
  by: UserId,
): Promise<Kept> {
  return parts.store.transact(async (transaction) => {
    const current = (await transaction.get('approvalRequests', asked.id)) ?? asked;
    const outcome = decide(current, decision, by, instantOf(parts.clock.now()));
    const first = outcome.kind === 'decided';
    await transaction.audit(
      auditEntry(
        parts,
        auditOf(current, decision, by, first ? 'done' : 'no-change', outcome.request.state),
      ),
    );
    if (first) {
      await transaction.put('approvalRequests', outcome.request);
      await parts.enqueueCopyUpdates(transaction, [current.mailboxId]);
      transaction.afterCommit(parts.kick);
    }
    return outcome;
  });
}

/** The request's id is the engine's key: however often this is tried, the address is approved once. */
export async function applyApproval(
  parts: ApprovalParts,
  request: ApprovalRequest,
  context: ActionContext,
): Promise<Extract<DecisionOutcome, { kind: 'decided' | 'not-applied' | 'sign-in-required' }>> {
  const by = context.actor.userId;
  const answer = await parts.engine.approve(request.mailboxId, {
    ...context,
    idempotencyKey: request.id,
  });
  if (answer.kind === 'sign-in-required') {
    await takeBack(parts, request, by);
    return answer;
  }
  if (answer.kind !== 'approved' && answer.kind !== 'already-approved') {
    await writeAudit(parts, auditOf(request, 'approve', by, 'failed', answer.kind));
    return { kind: 'not-applied', request, refusal: answer };
  }
  return parts.store.transact(async (transaction) => {
    await settleRequests(parts, transaction, request.mailboxId, by);
    await parts.enqueueCopyUpdates(transaction, [request.mailboxId]);
    transaction.afterCommit(parts.kick);
    const applied = await transaction.get('approvalRequests', request.id);
    return { kind: 'decided', request: applied ?? request };
  });
}

/** Somebody who never signs in must not leave a request that looks approved and is not. */
async function takeBack(parts: ApprovalParts, { id }: ApprovalRequest, by: UserId): Promise<void> {
  await parts.store.transact(async (transaction) => {
    const current = await transaction.get('approvalRequests', id);
    if (current?.state !== 'approved') return;
    await transaction.put('approvalRequests', reopen(current));
    await transaction.audit(
      auditEntry(parts, auditOf(current, 'approve', by, 'no-change', 'sign-in-required')),
    );
    await parts.enqueueCopyUpdates(transaction, [current.mailboxId]);
    transaction.afterCommit(parts.kick);
  });
}

function auditOf(
  request: ApprovalRequest,
  decision: ApprovalDecision,
  actor: UserId,
  outcome: AuditEntry['outcome'],
  detail: string,
): Omit<AuditEntry, 'at'> {
  return {
    actor,
    action: decision === 'approve' ? 'approve-email' : 'reject-request',
    subject: request.mailboxId,
    outcome,
    detail: `request ${request.id}: ${detail}`,
  };
}
