export { openFileStore } from './file-store.ts';
export type {
  CollectionName,
  IdempotencyRecord,
  Reader,
  Store,
  Transaction,
  Where,
} from './store.ts';
