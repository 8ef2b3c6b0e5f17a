export type {
  CollectionName,
  Collections,
  IdempotencyRecord,
  Reader,
  Store,
  Transaction,
  Where,
} from './store.ts';
