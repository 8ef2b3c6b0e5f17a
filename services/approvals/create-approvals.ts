import { randomUUID } from 'node:crypto';
import type { ApprovalParts } from './approval-parts.ts';
import type { Approvals } from './approvals.ts';
import { approveEmail } from './approve-email.ts';
import { applyApproval, decideRequest } from './decide-request.ts';
import { pendingRequests } from './pending-requests.ts';
import { rejectEmail } from './reject-email.ts';
import { requestApproval } from './request-approval.ts';
import { selfApproved } from './self-approved.ts';

export type ApprovalsOptions = Omit<ApprovalParts, 'newId'> & Partial<Pick<ApprovalParts, 'newId'>>;

export function createApprovals(options: ApprovalsOptions): Approvals {
  const parts: ApprovalParts = { ...options, newId: options.newId ?? randomUUID };
  return {
    approve: (wish) => approveEmail(parts, wish),
    reject: (wish) => rejectEmail(parts, wish),
    selfApproved: (deed) => selfApproved(parts, deed),
    request: (wish) => requestApproval(parts, wish),
    decide: (wish) => decideRequest(parts, wish),
    pending: (viewer) => pendingRequests(parts, viewer),
    async resume(signal) {
      for (const request of await parts.store.find('approvalRequests', { state: 'approved' })) {
        if (request.state !== 'approved') continue;
        const outcome = await applyApproval(parts, request, {
          actor: { userId: request.decidedBy },
          idempotencyKey: request.id,
          signal,
        });
        parts.log.info('approval-carried-out', { requestId: request.id, outcome: outcome.kind });
      }
    },
  };
}
