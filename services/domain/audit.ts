import type { UserId } from './ids.ts';
import type { Instant } from './time.ts';

export type AuditedAction =
  | 'test-and-enable'
  | 'mark-primary'
  | 'approve-email'
  | 'reject-email'
  | 'change-profile'
  | 'change-act-method'
  | 'activate-mailbox'
  | 'deactivate-mailbox'
  | 'request-approval'
  | 'reject-request'
  | 'hold-messages'
  | 'release-messages'
  | 'cancel-messages'
  /** Any action of a bot, as the engine that it was asked of has seen it. */
  | 'engine-action'
  | 'publish-article'
  | 'roll-back-article'
  | 'dismiss-unanswered';

/** Who did what to what, and what came of it; append-only. */
export interface AuditEntry {
  readonly at: Instant;
  readonly actor: UserId;
  readonly action: AuditedAction;
  readonly subject: string;
  readonly outcome: 'done' | 'denied' | 'no-change' | 'failed';
  readonly detail: string | null;
}
