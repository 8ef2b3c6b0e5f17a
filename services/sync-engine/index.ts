export { createAlertFor } from './embedded/alert-for-failure.ts';
export { createEmbeddedEngine } from './embedded/embedded-engine.ts';
export { loadRegistry } from './embedded/load-registry.ts';
export type { Registry } from './embedded/registry.ts';
export {
  type ActionContext,
  type ActionRefusal,
  type ApproveAnswer,
  mailboxById,
  type SyncEngine,
  type SyncEventSink,
  type TestAndEnableAnswer,
} from './sync-engine.ts';
