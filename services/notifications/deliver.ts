import type { CardCopy } from '../domain/card-reference.ts';
import { subjectOf } from '../domain/card-reference.ts';
import type { ConversationLink } from '../domain/conversation.ts';
import type { OutboxRow } from '../domain/outbox.ts';
import { instantOf, MINUTE_MS, SECOND_MS } from '../domain/time.ts';
import type { Log } from '../observability/index.ts';
import type { Store, Transaction } from '../store/index.ts';
import type { DeliveryAnswer, Messenger } from './messenger.ts';
import { enqueueUpdates } from './outbox.ts';
import type { RateLimit } from './rate-limit.ts';

/** After this many answers worth another try the row is `failed` and stays visible. */
const MAX_ATTEMPTS = 12;
const LONGEST_WAIT_MS = 10 * MINUTE_MS;

export interface DeliverOptions {
  readonly store: Store;
  readonly messenger: Messenger;
  readonly rateLimit: RateLimit;
  readonly log: Log;
  readonly now: () => number;
}

interface Target {
  readonly link: ConversationLink;
  readonly copy: CardCopy | null;
}

/** Delivers one due row and records what came of it. Never throws for what the channel says. */
export async function deliverRow(row: OutboxRow, options: DeliverOptions): Promise<void> {
  const { store, messenger, rateLimit, log } = options;
  const target = await targetOf(row, store);
  if (target === 'no-conversation') {
    await settle(row, { state: 'no-conversation' }, options);
    return;
  }
  if (target === 'obsolete') {
    await store.transact((transaction) => transaction.remove('outbox', row.id));
    return;
  }
  const waitMs = await rateLimit.take(target.link.id);
  if (waitMs > 0) {
    await settle(row, { dueAt: instantOf(options.now() + waitMs) }, options);
    return;
  }
  const answer =
    row.work.kind === 'send'
      ? await messenger.send(target.link, row.work.recipientId, row.work.reference)
      : target.copy === null
        ? ({ kind: 'obsolete' } as const)
        : await messenger.update(target.link, target.copy);
  log.info('delivery', { row: row.id, answer: answer.kind, attempts: row.attempts + 1 });
  await record(row, target, answer, options);
}

async function targetOf(
  row: OutboxRow,
  store: Store,
): Promise<Target | 'no-conversation' | 'obsolete'> {
  if (row.work.kind === 'update') {
    const copy = await store.get('cardCopies', row.work.cardCopyId);
    if (copy === undefined) return 'obsolete';
    const link = await store.get('conversations', copy.conversationId);
    return link?.state === 'reachable' ? { link, copy } : 'obsolete';
  }
  const { recipientId, reference } = row.work;
  if (reference.card === 'incident') {
    const incident = await store.get('incidents', reference.incidentId);
    // It ended before anybody was told: there is nothing to tell.
    if (incident === undefined || incident.state === 'closed') return 'obsolete';
  }
  const links = await store.find('conversations', { userId: recipientId, scope: 'personal' });
  const link = links.find((one) => one.state === 'reachable');
  return link === undefined ? 'no-conversation' : { link, copy: null };
}

async function record(
  row: OutboxRow,
  { link, copy }: Target,
  answer: DeliveryAnswer,
  options: DeliverOptions,
): Promise<void> {
  switch (answer.kind) {
    case 'delivered':
      return options.store.transact(async (transaction) => {
        if (row.work.kind === 'update') {
          await removeUnlessChanged(row, transaction);
          return;
        }
        await rememberSent(row, link, answer.activityId, transaction, options.now());
      });
    case 'obsolete':
      return options.store.transact((transaction) => transaction.remove('outbox', row.id));
    case 'retry': {
      const attempts = row.attempts + 1;
      if (attempts >= MAX_ATTEMPTS) {
        return settle(row, { state: 'failed', attempts, lastAnswer: answer.answer }, options);
      }
      const backoff = Math.min(LONGEST_WAIT_MS, SECOND_MS * 2 ** attempts);
      const dueAt = instantOf(options.now() + Math.max(answer.afterMs, backoff));
      return settle(row, { attempts, dueAt, lastAnswer: answer.answer }, options);
    }
    case 'blocked':
      await settle(row, { state: 'blocked', lastAnswer: answer.answer }, options);
      return markLink(link, 'blocked', options);
    case 'gone':
      if (copy !== null) {
        return options.store.transact(async (transaction) => {
          await transaction.remove('cardCopies', copy.id);
          await transaction.remove('outbox', row.id);
        });
      }
      await settle(row, { state: 'gone', lastAnswer: answer.answer }, options);
      return markLink(link, 'uninstalled', options);
    case 'failed':
      return settle(
        row,
        { state: 'failed', attempts: row.attempts + 1, lastAnswer: answer.answer },
        options,
      );
  }
}

/** What it shows may have changed while it was under way: then it stays due and is drawn again. */
async function removeUnlessChanged(row: OutboxRow, transaction: Transaction): Promise<void> {
  const current = await transaction.get('outbox', row.id);
  if (current?.revision === row.revision) await transaction.remove('outbox', row.id);
}

async function rememberSent(
  row: OutboxRow,
  link: ConversationLink,
  activityId: string,
  transaction: Transaction,
  nowMs: number,
): Promise<void> {
  if (row.work.kind !== 'send') return;
  const current = (await transaction.get('outbox', row.id)) ?? row;
  await transaction.put('outbox', {
    ...current,
    state: 'delivered',
    attempts: row.attempts + 1,
    lastAnswer: null,
  });
  const subject = subjectOf(row.work.reference);
  if (subject === null) return;
  await transaction.put('cardCopies', {
    id: `${link.id}:${activityId}`,
    conversationId: link.id,
    activityId,
    viewerId: row.work.recipientId,
    reference: row.work.reference,
    subject,
  });
  if (current.revision !== row.revision) await enqueueUpdates(transaction, subject, nowMs);
}

async function settle(
  row: OutboxRow,
  change: Partial<OutboxRow>,
  { store }: DeliverOptions,
): Promise<void> {
  await store.transact(async (transaction) => {
    const current = await transaction.get('outbox', row.id);
    if (current !== undefined) await transaction.put('outbox', { ...current, ...change });
  });
}

async function markLink(
  link: ConversationLink,
  state: ConversationLink['state'],
  { store }: DeliverOptions,
): Promise<void> {
  await store.transact((transaction) => transaction.put('conversations', { ...link, state }));
}
