export { createAlertFor } from './embedded/alert-for-failure.ts';
export { createEmbeddedEngine } from './embedded/embedded-engine.ts';
export { loadRegistry } from './embedded/load-registry.ts';
export type { Registry } from './embedded/registry.ts';
export {
  type ActionContext,
  type ActionRefusal,
  type ApproveAnswer,
  mailboxById,
  type RejectAnswer,
  type SyncEngine,
  type SyncEventSink,
  type TestAndEnableAnswer,
  type WaitingAnswer,
} from './sync-engine.ts';
