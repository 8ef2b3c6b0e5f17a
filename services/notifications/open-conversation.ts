import type { UserId } from '../domain/ids.ts';
import type { OutboxRow } from '../domain/outbox.ts';
import type { Transaction } from '../store/index.ts';
import { dueAgain } from './outbox.ts';

/** What waited for this person, or could not reach them while the bot was blocked or uninstalled, is due. */
export async function conversationOpened(
  transaction: Transaction,
  userId: UserId,
  nowMs: number,
): Promise<void> {
  for (const state of ['no-conversation', 'blocked', 'gone'] as const) {
    for (const row of await transaction.find('outbox', { state })) {
      if ((await readerOf(row, transaction)) !== userId) continue;
      await transaction.put('outbox', dueAgain(row, nowMs));
    }
  }
}

async function readerOf({ work }: OutboxRow, transaction: Transaction): Promise<UserId | null> {
  if (work.kind === 'send') return work.recipientId;
  const copy = await transaction.get('cardCopies', work.cardCopyId);
  return copy?.viewerId ?? null;
}
