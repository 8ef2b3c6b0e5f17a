export type {
  Approvals,
  RequestOutcome,
} from './approvals.ts';
export { createApprovals } from './create-approvals.ts';
