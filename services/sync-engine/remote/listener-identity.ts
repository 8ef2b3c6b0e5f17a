import { randomUUID } from 'node:crypto';
import type { Store } from '../../store/index.ts';

const RECORD = 'bot';

/** Goes with the data directory: a bot that is started again on it is the same one to its engine. */
export async function listenerIdentity(store: Store): Promise<string> {
  const known = await store.get('listeners', RECORD);
  if (known !== undefined) return known.listener;
  const listener = randomUUID();
  await store.transact((transaction) => transaction.put('listeners', { id: RECORD, listener }));
  return listener;
}
