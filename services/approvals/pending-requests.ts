import { mayApprove } from '../domain/permission.ts';
import type { Person } from '../domain/person.ts';
import type { ApprovalParts } from './approval-parts.ts';
import type { PendingApproval } from './approvals.ts';
import { mailboxInSight } from './in-sight.ts';

export async function pendingRequests(
  parts: ApprovalParts,
  viewer: Person,
): Promise<readonly PendingApproval[]> {
  const requests = await parts.store.find('approvalRequests', { state: 'pending' });
  const found: PendingApproval[] = [];
  for (const request of requests) {
    const sight = await mailboxInSight(parts, request.mailboxId, viewer.id);
    if (sight === null || sight.profile === null) continue;
    const mayDecide = mayApprove(sight.person, sight.profile, sight.organization).allowed;
    if (mayDecide || request.requestedBy === viewer.id) {
      found.push({ request, mailbox: sight.mailbox, mayDecide });
    }
  }
  return found.sort((a, b) => a.request.requestedAt.localeCompare(b.request.requestedAt));
}
