export { openFileStore } from './file-store.ts';
export type {
  CollectionName,
  Collections,
  IdempotencyRecord,
  Reader,
  Store,
  Transaction,
  Where,
} from './store.ts';
