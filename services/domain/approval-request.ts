import type { ApprovalRequestId, MailboxId, UserId } from './ids.ts';
import type { Role } from './person.ts';
import type { Instant } from './time.ts';

/**
 * "Please approve this address": asked by somebody who may not, decided once by somebody who may.
 * `applied` is separate from `approved`: the decision is durable before the engine is called.
 */
export type ApprovalRequest = {
  readonly id: ApprovalRequestId;
  readonly mailboxId: MailboxId;
  readonly requestedBy: UserId;
  readonly requestedAt: Instant;
  readonly reason: string;
  readonly askRoles: readonly Role[];
  readonly version: number;
} & (
  | { readonly state: 'pending' }
  | {
      readonly state: 'approved' | 'applied' | 'rejected';
      readonly decidedBy: UserId;
      readonly decidedAt: Instant;
    }
);

export type ApprovalDecision = 'approve' | 'reject';

export type DecideOutcome =
  | { readonly kind: 'decided'; readonly request: ApprovalRequest }
  | { readonly kind: 'already-decided'; readonly request: ApprovalRequest };

/** An approval that could not be carried out as whoever gave it: somebody has to decide again. */
export function reopen(request: ApprovalRequest): ApprovalRequest {
  const { id, mailboxId, requestedBy, requestedAt, reason, askRoles, version } = request;
  const asked = { id, mailboxId, requestedBy, requestedAt, reason, askRoles };
  return { ...asked, state: 'pending', version: version + 1 };
}

/** A second decision changes nothing and names the first; pressing twice is harmless. */
export function decide(
  request: ApprovalRequest,
  decision: ApprovalDecision,
  by: UserId,
  at: Instant,
): DecideOutcome {
  if (request.state !== 'pending') return { kind: 'already-decided', request };
  return {
    kind: 'decided',
    request: {
      ...request,
      state: decision === 'approve' ? 'approved' : 'rejected',
      decidedBy: by,
      decidedAt: at,
      version: request.version + 1,
    },
  };
}
