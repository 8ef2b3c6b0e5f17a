import { subjectOf } from '../domain/card-reference.ts';
import type { OutboxRow } from '../domain/outbox.ts';
import { epochMsOf, HOUR_MS, instantOf, MINUTE_MS, SECOND_MS } from '../domain/time.ts';
import type { Store, Transaction } from '../store/index.ts';
import { type Answered, type Attempt, reachableLink } from './deliver.ts';
import type { DeliveryAnswer } from './messenger.ts';
import { rememberCopy } from './remember-copy.ts';

/** After this many answers worth another try the row is `failed` and stays visible. */
const MAX_ATTEMPTS = 12;
const LONGEST_BACKOFF_MS = 10 * MINUTE_MS;
/** A channel may ask for patience, but a broken one must not silence us for good. */
const LONGEST_ASKED_WAIT_MS = 6 * HOUR_MS;
/** Rows that failed together must not come back together. */
const JITTER = 0.25;

export interface RecordAttemptOptions {
  readonly store: Store;
  readonly now: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
}

type Recordable = Exclude<Attempt, { readonly kind: 'over' | 'held' }>;
type Refused = Exclude<DeliveryAnswer, { readonly kind: 'delivered' | 'obsolete' }>;

/** Records what came of an attempt in one transaction; returns when the row is due again, or null. */
export async function recordAttempt(
  attempt: Recordable,
  options: RecordAttemptOptions,
): Promise<number | null> {
  return options.store.transact(async (transaction) => {
    // What happened meanwhile to the row (a new revision, a removal) is built upon, not overwritten.
    const row = await transaction.get('outbox', attempt.row.id);
    if (row === undefined) return null;
    const next = await rowAfter(row, attempt, transaction, options);
    if (next === null) await transaction.remove('outbox', row.id);
    else await transaction.put('outbox', next);
    return next?.state === 'due' ? epochMsOf(next.dueAt) : null;
  });
}

/** Null when nothing is left to be done. */
async function rowAfter(
  row: OutboxRow,
  attempt: Recordable,
  transaction: Transaction,
  options: RecordAttemptOptions,
): Promise<OutboxRow | null> {
  switch (attempt.kind) {
    case 'obsolete':
      return null;
    case 'no-conversation':
      // Opened since we looked: those who opened it could not see that this row would wait for it.
      return (await hasPlace(row, transaction)) ? row : { ...row, state: 'no-conversation' };
    case 'answered':
      break;
  }
  const { answer } = attempt;
  const changed = row.revision !== attempt.row.revision;
  switch (answer.kind) {
    case 'delivered':
      if (row.work.kind === 'update') return changed ? { ...row, attempts: 0 } : null;
      await rememberSent(row, attempt, answer.activityId, transaction, options.now());
      return { ...row, state: 'delivered', attempts: row.attempts + 1, lastAnswer: null };
    case 'obsolete':
      return changed ? row : null;
    default:
      return refused(row, attempt, answer, transaction, options);
  }
}

async function refused(
  row: OutboxRow,
  { target: { link, copy } }: Answered,
  answer: Refused,
  transaction: Transaction,
  options: RecordAttemptOptions,
): Promise<OutboxRow | null> {
  const told = { ...row, attempts: row.attempts + 1, lastAnswer: answer.answer };
  if (answer.kind === 'retry') return later(told, answer.afterMs, options);
  if (answer.kind === 'failed') return { ...told, state: 'failed' };
  if (answer.kind === 'gone' && copy !== null) {
    // Perhaps only the message is gone; a send will tell what is true of the conversation.
    await transaction.remove('cardCopies', copy.id);
    return null;
  }
  const current = await transaction.get('conversations', link.id);
  if (current !== undefined && JSON.stringify(current) !== JSON.stringify(link)) {
    // The person has spoken meanwhile, perhaps from another service URL: the answer may be outdated.
    return later(told, 0, options);
  }
  const state = answer.kind === 'blocked' ? 'blocked' : 'uninstalled';
  await transaction.put('conversations', { ...link, state });
  return { ...told, state: answer.kind };
}

function later(row: OutboxRow, askedMs: number, { now, random }: RecordAttemptOptions): OutboxRow {
  if (row.attempts >= MAX_ATTEMPTS) return { ...row, state: 'failed' };
  const backoffMs = Math.min(LONGEST_BACKOFF_MS, SECOND_MS * 2 ** row.attempts);
  const asked = Number.isFinite(askedMs) ? Math.min(LONGEST_ASKED_WAIT_MS, askedMs) : 0;
  const waitMs = Math.max(asked, backoffMs * (1 + JITTER * random()));
  return { ...row, dueAt: instantOf(Math.ceil(now() + waitMs)) };
}

async function hasPlace({ work }: OutboxRow, transaction: Transaction): Promise<boolean> {
  if (work.kind === 'send')
    return (await reachableLink(work.recipientId, transaction)) !== undefined;
  const copy = await transaction.get('cardCopies', work.cardCopyId);
  const link = copy && (await transaction.get('conversations', copy.conversationId));
  return link?.state === 'reachable';
}

async function rememberSent(
  { work }: OutboxRow,
  { target: { link }, drawnFrom: before }: Answered,
  activityId: string,
  transaction: Transaction,
  nowMs: number,
): Promise<void> {
  if (work.kind !== 'send' || activityId === '') return;
  const subject = subjectOf(work.reference);
  if (subject === null) return;
  const copy = {
    id: `${link.id}:${activityId}`,
    conversationId: link.id,
    activityId,
    viewerId: work.recipientId,
    reference: work.reference,
    subject,
  };
  await rememberCopy(transaction, copy, before, nowMs);
}
