export { createBreather } from './breathe.ts';
export { openFileStore } from './file-store.ts';
export { recordSchemas } from './record-schemas.ts';
export type { SameShape } from './same-shape.ts';
export { limitUse } from './schemas/early-warning.ts';
export { deliveryMethod, emailServerProfile, mailbox } from './schemas/mailbox.ts';
export * as recordParts from './schemas/parts.ts';
export { alertDefinition, syncEvent } from './schemas/sync-event.ts';
export { processedTurn, turnSums } from './schemas/turn-records.ts';
export type {
  CollectionName,
  IdempotencyRecord,
  Reader,
  Store,
  Transaction,
  Where,
} from './store.ts';
