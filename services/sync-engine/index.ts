export { type AlertFor, createAlertFor } from './embedded/alert-for-failure.ts';
export { createEmbeddedEngine, type EmbeddedEngineOptions } from './embedded/embedded-engine.ts';
export { loadRegistry, type RegistryLoading } from './embedded/load-registry.ts';
export type { Registry } from './embedded/registry.ts';
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
