export {
  type ActionContext,
  type ActionRefusal,
  type Actor,
  type ApproveAnswer,
  type MailboxHit,
  type MailboxQuery,
  mailboxById,
  type PendingMessage,
  type SyncEngine,
  type SyncEventSink,
  type TestAndEnableAnswer,
} from './sync-engine.ts';
