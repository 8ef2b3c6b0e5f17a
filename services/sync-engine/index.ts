export { createAlertFor } from './alert-for-failure.ts';
export { connectDataverse, connectOnPremises } from './dataverse/connect-dataverse.ts';
export { createDataverseEngine } from './dataverse/dataverse-engine.ts';
export {
  type InspectedAnswer,
  type InspectedOrganization,
  inspectOrganization,
} from './dataverse/inspect-organization.ts';
export { READ_TABLES, type ReadTable } from './dataverse/read-tables.ts';
export { createEmbeddedEngine } from './embedded/embedded-engine.ts';
export { loadRegistry } from './embedded/load-registry.ts';
export type { Registry } from './embedded/registry.ts';
export { loadSwitchOffs, type SwitchOff } from './embedded/switch-offs.ts';
export { createRemoteEngine, type RemoteEngineOptions } from './remote/remote-engine.ts';
export { createEngineService, type EngineService } from './remote/server.ts';
export { createToldAlerts } from './remote/told-alerts.ts';
export { WIRE_HEADER, WIRE_PATH, WIRE_VERSION } from './remote/wire-messages.ts';
export {
  type ActionContext,
  type ActionRefusal,
  type ApproveAnswer,
  mailboxById,
  type NotOffered,
  type SyncEngine,
  type SyncEventSink,
  type TestAndEnableAnswer,
} from './sync-engine.ts';
