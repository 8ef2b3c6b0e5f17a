import type { CardCopy, CardReference } from '../domain/card-reference.ts';
import type { UserId } from '../domain/ids.ts';
import type { OutboxRow, OutboxWork } from '../domain/outbox.ts';
import { type Instant, instantOf } from '../domain/time.ts';
import type { Transaction, Where } from '../store/index.ts';

/** A card for a person, once: the same `key` again changes nothing. */
export async function enqueueSend(
  transaction: Transaction,
  key: string,
  recipientId: UserId,
  reference: CardReference,
  nowMs: number,
): Promise<void> {
  await putOnce(transaction, sendRow(key, recipientId, reference, nowMs));
}

/** The person has this card already, in another card's place. */
export async function markSent(
  transaction: Transaction,
  key: string,
  recipientId: UserId,
  reference: CardReference,
  nowMs: number,
): Promise<void> {
  const row = sendRow(key, recipientId, reference, nowMs);
  await putOnce(transaction, { ...row, state: 'delivered' });
}

async function putOnce(transaction: Transaction, row: OutboxRow): Promise<void> {
  if ((await transaction.get('outbox', row.id)) !== undefined) return;
  await transaction.put('outbox', row);
}

/** Another chance for a card that could not be delivered, now that what it says has become worse. */
export async function retryFailedSend(
  transaction: Transaction,
  key: string,
  recipientId: UserId,
  nowMs: number,
): Promise<void> {
  const row = await transaction.get('outbox', sendRowId(key, recipientId));
  if (row?.state === 'failed') await transaction.put('outbox', dueAgain(row, nowMs));
}

/** Whether one of these is still on its way to the person, or waits for them to be reachable. */
export async function waitsToBeSent(
  transaction: Transaction,
  keys: readonly string[],
  recipientId: UserId,
): Promise<boolean> {
  for (const key of keys) {
    const row = await transaction.get('outbox', sendRowId(key, recipientId));
    if (row?.state === 'due' || row?.state === 'no-conversation') return true;
  }
  return false;
}

/** Redraws the copies that match; many changes in a row cost one delivery. */
export async function enqueueUpdates(
  transaction: Transaction,
  where: Where<CardCopy>,
  dueMs: number,
): Promise<void> {
  for (const copy of await transaction.find('cardCopies', where)) {
    await enqueueUpdate(transaction, copy, dueMs);
  }
}

export async function enqueueUpdate(
  transaction: Transaction,
  copy: CardCopy,
  dueMs: number,
): Promise<void> {
  const id = `update:${copy.id}`;
  const dueAt = instantOf(dueMs);
  const before = await transaction.get('outbox', id);
  if (before?.state === 'due') {
    // One that the channel told to wait keeps waiting, however urgent the news is.
    const sooner = before.attempts === 0 && dueAt < before.dueAt ? dueAt : before.dueAt;
    await transaction.put('outbox', { ...before, dueAt: sooner, revision: before.revision + 1 });
    return;
  }
  // Where nobody can be reached now, the row waits for the conversation to open (again).
  if (before?.state === 'no-conversation') return;
  await transaction.put('outbox', newRow(id, { kind: 'update', cardCopyId: copy.id }, dueAt));
}

export function dueAgain(row: OutboxRow, nowMs: number): OutboxRow {
  return {
    ...row,
    state: 'due',
    revision: row.revision + 1,
    attempts: 0,
    dueAt: instantOf(nowMs),
    lastAnswer: null,
  };
}

function sendRow(
  key: string,
  recipientId: UserId,
  reference: CardReference,
  nowMs: number,
): OutboxRow {
  const work = { kind: 'send', recipientId, reference } as const;
  return newRow(sendRowId(key, recipientId), work, instantOf(nowMs));
}

function sendRowId(key: string, recipientId: UserId): string {
  return `send:${key}:${recipientId}`;
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
