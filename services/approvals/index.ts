export type {
  Approvals,
  ApproveOutcome,
  DecisionOutcome,
  Denial,
  Denied,
  NotFound,
  PendingApproval,
  RequestOutcome,
} from './approvals.ts';
export { type ApprovalsOptions, createApprovals } from './create-approvals.ts';
