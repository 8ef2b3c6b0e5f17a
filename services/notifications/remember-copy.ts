import type { CardCopy } from '../domain/card-reference.ts';
import type { Transaction } from '../store/index.ts';
import { drawnFrom } from './drawn-from.ts';
import { enqueueUpdate } from './outbox.ts';

/**
 * From now on the copy follows what happens. What happened between its drawing and now found no copy
 * to update: it is drawn once more where what it shows is not `before` any longer.
 */
export async function rememberCopy(
  transaction: Transaction,
  copy: CardCopy,
  before: string,
  nowMs: number,
): Promise<void> {
  await transaction.put('cardCopies', copy);
  if ((await drawnFrom(copy.reference, transaction)) !== before) {
    await enqueueUpdate(transaction, copy, nowMs);
  }
}
