import type { CardCopy, CardReference } from '../domain/card-reference.ts';
import type { ConversationLink } from '../domain/conversation.ts';
import type { UserId } from '../domain/ids.ts';
import type { OutboxRow } from '../domain/outbox.ts';
import { epochMsOf, SECOND_MS } from '../domain/time.ts';
import { asAppError, type Log } from '../observability/index.ts';
import type { Reader } from '../store/index.ts';
import { drawnFrom } from './drawn-from.ts';
import type { DeliveryAnswer, Messenger } from './messenger.ts';
import type { RateLimit } from './rate-limit.ts';

/** A form that was answered gives its card's place back at once; nobody tells the row that waits. */
const LOOK_AT_FORM_MS = 5 * SECOND_MS;

export interface DeliverOptions {
  readonly store: Reader;
  readonly messenger: Messenger;
  readonly rateLimit: RateLimit;
  readonly log: Log;
  readonly now: () => number;
}

interface Target {
  readonly link: ConversationLink;
  /** Null for a card that is yet to be sent. */
  readonly copy: CardCopy | null;
}

export interface Answered {
  readonly kind: 'answered';
  readonly row: OutboxRow;
  readonly target: Target;
  readonly answer: DeliveryAnswer;
  /** What the card was drawn from at the earliest. */
  readonly drawnFrom: string;
}

export type Attempt =
  /** Somebody else has settled the row. */
  | { readonly kind: 'over' }
  /** Nothing was asked of the channel, and nothing is to be recorded. */
  | { readonly kind: 'held'; readonly untilMs: number }
  | { readonly kind: 'no-conversation' | 'obsolete'; readonly row: OutboxRow }
  | Answered;

/** Delivers a row if it is (still) due. What comes of it is not recorded here: see recordAttempt. */
export async function attemptDelivery(rowId: string, options: DeliverOptions): Promise<Attempt> {
  const { store, rateLimit, log, now } = options;
  const row = await store.get('outbox', rowId);
  if (row?.state !== 'due') return { kind: 'over' };
  const dueMs = epochMsOf(row.dueAt);
  if (dueMs > now()) return { kind: 'held', untilMs: dueMs };
  const target = await targetOf(row, store);
  if (typeof target === 'string') return { kind: target, row };
  const formMs = target.copy?.heldUntil === undefined ? 0 : epochMsOf(target.copy.heldUntil);
  if (formMs > now()) {
    return { kind: 'held', untilMs: Math.min(formMs, now() + LOOK_AT_FORM_MS) };
  }
  const waitMs = await rateLimit.take(target.link.id);
  if (waitMs > 0) return { kind: 'held', untilMs: now() + waitMs };
  const reference = row.work.kind === 'send' ? row.work.reference : target.copy?.reference;
  const before = reference === undefined ? '' : await drawnFrom(reference, store);
  const answer = await ask(row, target, options);
  log.info('delivery', { row: row.id, answer: answer.kind, attempts: row.attempts + 1 });
  return { kind: 'answered', row, target, answer, drawnFrom: before };
}

async function ask(
  { work }: OutboxRow,
  { link, copy }: Target,
  { messenger, log }: DeliverOptions,
): Promise<DeliveryAnswer> {
  try {
    if (work.kind === 'send') return await messenger.send(link, work.recipientId, work.reference);
    return copy === null ? { kind: 'obsolete' } : await messenger.update(link, copy);
  } catch (error) {
    // A card that cannot be drawn would otherwise be tried for ever.
    const { code } = asAppError(error);
    log.error('messenger-broke', { reason: code });
    return { kind: 'retry', afterMs: 0, answer: code };
  }
}

async function targetOf(
  { work }: OutboxRow,
  store: Reader,
): Promise<Target | 'no-conversation' | 'obsolete'> {
  if (work.kind === 'update') {
    const copy = await store.get('cardCopies', work.cardCopyId);
    if (copy === undefined) return 'obsolete';
    const link = await store.get('conversations', copy.conversationId);
    if (link === undefined) return 'obsolete';
    return link.state === 'reachable' ? { link, copy } : 'no-conversation';
  }
  if (await hasEnded(work.reference, store)) return 'obsolete';
  const link = await reachableLink(work.recipientId, store);
  return link === undefined ? 'no-conversation' : { link, copy: null };
}

/** It ended before anybody was told: there is nothing to tell. */
async function hasEnded(reference: CardReference, store: Reader): Promise<boolean> {
  if (reference.card === 'early-warning') {
    // Of an engine elsewhere nothing is kept here: its warning is told as it is then.
    const known = await store.find('earlyWarnings', { cause: reference.cause });
    return known.length > 0 && known.every(({ closedAt }) => closedAt !== null);
  }
  if (reference.card === 'profile-outage') {
    return (await store.get('profileOutages', reference.outageId))?.endedAt !== null;
  }
  if (reference.card !== 'incident') return false;
  const incident = await store.get('incidents', reference.incidentId);
  return incident === undefined || incident.state === 'closed';
}

export async function reachableLink(
  userId: UserId,
  store: Reader,
): Promise<ConversationLink | undefined> {
  const links = await store.find('conversations', { userId, scope: 'personal' });
  return links
    .filter(({ state }) => state === 'reachable')
    .sort((a, b) => b.seenAt.localeCompare(a.seenAt))[0];
}
