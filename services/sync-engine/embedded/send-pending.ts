import type { Failure } from '../../domain/failure.ts';
import { MAX_RETRIES } from '../../domain/failure-policy.ts';
import type { Mailbox } from '../../domain/mailbox.ts';
import type { OutgoingMessage } from '../../domain/outgoing-message.ts';
import { NO_ITEMS, type TurnItems } from '../../domain/processed-turn.ts';
import type { ProbeOutcome } from '../../probes/index.ts';
import { type Attempted, attempt, inScope, type Prepared, prepare, sourceOf } from './attempt.ts';
import type { EngineParts } from './engine-parts.ts';
import { countSent } from './mail-flow.ts';
import { readState } from './mailbox-records.ts';

/** Leaves room for other mailboxes of the same server; the rest goes in the next cycle. */
const MESSAGES_PER_CYCLE = 100;

/** What came of an outgoing turn, and of the messages in it. */
export interface Sent {
  readonly attempted: Attempted;
  readonly items: TurnItems;
}

/**
 * One outgoing turn: every Pending Send message, each in a session of its own; or, with none waiting,
 * a session that only signs in. A failure that is not about the one message ends the turn and counts
 * for the direction.
 */
export async function sendPending(
  parts: EngineParts,
  mailbox: Mailbox,
  signal: AbortSignal,
): Promise<Sent> {
  const waiting = await parts.store.find('outgoingMessages', {
    mailboxId: mailbox.id,
    state: 'pending-send',
  });
  const options = { signal, onStage: () => undefined };
  const prepared = await prepare(parts, mailbox, 'outgoing', options);
  if (prepared.kind === 'impossible') {
    return impossible(prepared.failure, { ...NO_ITEMS, backlog: waiting.length });
  }
  const { protocol } = prepared.request.endpoint;
  const sender = parts.senders[protocol];
  if (waiting.length === 0 || sender === undefined) {
    const attempted = await attempt(parts, mailbox, 'outgoing', { ...options, testMessage: null });
    return { attempted, items: { ...NO_ITEMS, backlog: waiting.length } };
  }
  const oldestFirst = [...waiting].sort((a, b) => a.submittedAt.localeCompare(b.submittedAt));
  const items = { ...NO_ITEMS, backlog: waiting.length };
  for (const [index, message] of oldestFirst.slice(0, MESSAGES_PER_CYCLE).entries()) {
    // Deactivated while the others were sent: the turn counts for nothing any more.
    if (parts.registry.mailboxes.get(mailbox.id)?.active !== true) break;
    const still = index === 0 ? prepared : await prepareAsItIs(parts, mailbox, options);
    if (still.kind === 'impossible') return impossible(still.failure, items);
    const sending = await takeForSending(parts, message.id);
    if (sending === null) {
      items.backlog -= 1;
      continue;
    }
    const outcome = inScope(
      await sender.send({ ...still.request, message: sending }),
      sourceOf(parts, mailbox, 'outgoing'),
    );
    const state = stateAfter(sending, outcome);
    await keep(parts, mailbox, { ...sending, state });
    if (state === 'sent') items.itemsProcessed += 1;
    if (state === 'failed') items.itemsFailed += 1;
    if (state !== 'pending-send') items.backlog -= 1;
    const isOfMessage = outcome.outcome === 'failed' && outcome.failure.scope === 'email';
    if (outcome.outcome !== 'passed' && !isOfMessage) {
      return { attempted: { ...outcome, protocol }, items };
    }
  }
  const nothingRead = { lastSeenUid: null, messageCount: null };
  return { attempted: { outcome: 'passed', protocol, stages: [], ...nothingRead }, items };
}

function impossible(failure: Failure, items: TurnItems): Sent {
  return { attempted: { outcome: 'failed', protocol: null, stages: [], failure }, items };
}

/** A hundred messages take a while: an address that is rejected meanwhile sends no more of them. */
async function prepareAsItIs(
  parts: EngineParts,
  mailbox: Mailbox,
  options: Parameters<typeof prepare>[3],
): Promise<Prepared> {
  const registered = parts.registry.mailboxes.get(mailbox.id);
  const state = registered && (await readState(parts.store, registered));
  return prepare(
    parts,
    { ...mailbox, ...(state && { approval: state.approval }) },
    'outgoing',
    options,
  );
}

/**
 * Before the first byte leaves: after a crash it is known which message may have been delivered. Null
 * when somebody has held or cancelled it since it was listed.
 */
function takeForSending(parts: EngineParts, id: string): Promise<OutgoingMessage | null> {
  return parts.store.transact(async (transaction) => {
    const message = await transaction.get('outgoingMessages', id);
    if (message?.state !== 'pending-send') return null;
    const sending = { ...message, state: 'sending' as const, attempts: message.attempts + 1 };
    await transaction.put('outgoingMessages', sending);
    return sending;
  });
}

/** The same Message-ID goes out again after a lost reply: receivers drop the second copy by it. */
function stateAfter(message: OutgoingMessage, outcome: ProbeOutcome): OutgoingMessage['state'] {
  if (outcome.outcome === 'passed') return 'sent';
  if (outcome.outcome === 'cancelled' || outcome.failure.scope !== 'email') return 'pending-send';
  const givenUp = outcome.failure.nature === 'permanent' || message.attempts > MAX_RETRIES;
  return givenUp ? 'failed' : 'pending-send';
}

async function keep(parts: EngineParts, mailbox: Mailbox, message: OutgoingMessage): Promise<void> {
  const registered = parts.registry.mailboxes.get(mailbox.id);
  await parts.store.transact(async (transaction) => {
    await transaction.put('outgoingMessages', message);
    if (registered === undefined || message.state === 'pending-send') return;
    if (message.state === 'sent') await countSent(parts, transaction, registered, message);
    const state = await readState(transaction, registered);
    await transaction.put('mailboxStates', { ...state, version: state.version + 1 });
  });
}
