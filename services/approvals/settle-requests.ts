import type { ApprovalRequest } from '../domain/approval-request.ts';
import type { MailboxId, UserId } from '../domain/ids.ts';
import { instantOf } from '../domain/time.ts';
import type { Transaction } from '../store/index.ts';
import type { ApprovalParts } from './approval-parts.ts';

/** The address is approved: whoever else asked for it has it, too, and nobody needs to decide again. */
export async function settleRequests(
  { clock }: Pick<ApprovalParts, 'clock'>,
  transaction: Transaction,
  mailboxId: MailboxId,
  by: UserId,
): Promise<void> {
  for (const request of await transaction.find('approvalRequests', { mailboxId })) {
    const settled = settledBy(request, by, instantOf(clock.now()));
    if (settled !== null) await transaction.put('approvalRequests', settled);
  }
  // Why it was rejected once says nothing of the next time.
  for (const { id } of await transaction.find('rejections', { mailboxId })) {
    await transaction.remove('rejections', id);
  }
}

function settledBy(request: ApprovalRequest, by: UserId, at: string): ApprovalRequest | null {
  const version = request.version + 1;
  if (request.state === 'pending') {
    return { ...request, state: 'applied', decidedBy: by, decidedAt: at, version };
  }
  // The first decision stays the one that is named.
  return request.state === 'approved' ? { ...request, state: 'applied', version } : null;
}
