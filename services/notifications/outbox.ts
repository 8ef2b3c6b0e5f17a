import type { CardReference } from '../domain/card-reference.ts';
import type { UserId } from '../domain/ids.ts';
import type { OutboxRow, OutboxWork } from '../domain/outbox.ts';
import { type Instant, instantOf } from '../domain/time.ts';
import type { Transaction } from '../store/index.ts';

/** A card for a person, once: the same `key` again changes nothing but the row's revision. */
export async function enqueueSend(
  transaction: Transaction,
  key: string,
  recipientId: UserId,
  reference: CardReference,
  nowMs: number,
): Promise<void> {
  const id = `send:${key}:${recipientId}`;
  const before = await transaction.get('outbox', id);
  if (before === undefined) {
    await transaction.put(
      'outbox',
      newRow(id, { kind: 'send', recipientId, reference }, instantOf(nowMs)),
    );
  } else if (before.state === 'due') {
    await transaction.put('outbox', { ...before, revision: before.revision + 1 });
  }
}

/** Redraws the copies that show a subject; many changes in a row cost one delivery. */
export async function enqueueUpdates(
  transaction: Transaction,
  subject: string,
  nowMs: number,
): Promise<void> {
  for (const copy of await transaction.find('cardCopies', { subject })) {
    const id = `update:${copy.id}`;
    const before = await transaction.get('outbox', id);
    await transaction.put(
      'outbox',
      before?.state === 'due'
        ? { ...before, revision: before.revision + 1 }
        : newRow(id, { kind: 'update', cardCopyId: copy.id }, instantOf(nowMs)),
    );
  }
}

function newRow(id: string, work: OutboxWork, at: Instant): OutboxRow {
  return {
    id,
    work,
    state: 'due',
    revision: 0,
    attempts: 0,
    dueAt: at,
    createdAt: at,
    lastAnswer: null,
  };
}
