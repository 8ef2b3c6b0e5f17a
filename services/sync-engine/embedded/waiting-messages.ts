import type { MailboxId } from '../../domain/ids.ts';
import type { OutgoingMessage } from '../../domain/outgoing-message.ts';
import type { Instant } from '../../domain/time.ts';
import { doneBefore, rememberDone } from '../once.ts';
import type { ActionContext, WaitingAnswer } from '../sync-engine.ts';
import type { EngineParts } from './engine-parts.ts';
import { mailboxOf, pendingSend, readState } from './mailbox-records.ts';

type State = OutgoingMessage['state'];

interface Change {
  readonly change: 'held' | 'cancelled' | 'released';
  readonly from: readonly State[];
  readonly to: State;
}

/** A message that is being sent may have left already: nobody holds it any more. */
export const HOLD: Change = { change: 'held', from: ['pending-send'], to: 'held' };
export const CANCEL: Change = {
  change: 'cancelled',
  from: ['pending-send', 'held'],
  to: 'cancelled',
};
export const RELEASE: Change = { change: 'released', from: ['held'], to: 'pending-send' };

/** Decides about the messages that were handed in before a moment; null means all of them. */
export async function changeWaiting(
  parts: EngineParts,
  { change, from, to }: Change,
  mailboxId: MailboxId,
  submittedBefore: Instant | null,
  { actor, idempotencyKey, signal }: ActionContext,
): Promise<WaitingAnswer> {
  const registered = parts.registry.mailboxes.get(mailboxId);
  if (registered === undefined) return { kind: 'not-found' };
  signal.throwIfAborted();
  const once = { action: change, mailboxId, key: idempotencyKey };
  return parts.store.transact(async (transaction) => {
    const state = await readState(transaction, registered);
    const earlier = await doneBefore(transaction, once);
    if (earlier !== null) {
      const mailbox = mailboxOf(registered, state, await pendingSend(transaction, mailboxId));
      return { kind: 'changed', count: Number(earlier), mailbox };
    }
    const messages = (await transaction.find('outgoingMessages', { mailboxId })).filter(
      (message) =>
        from.includes(message.state) &&
        (submittedBefore === null || message.submittedAt < submittedBefore),
    );
    for (const message of messages) {
      await transaction.put('outgoingMessages', { ...message, state: to });
    }
    const count = messages.length;
    await rememberDone(transaction, parts.scheduler, once, String(count));
    const next = count === 0 ? state : { ...state, version: state.version + 1 };
    if (count > 0) {
      await transaction.put('mailboxStates', next);
      const by = actor.userId;
      await parts.emit(transaction, registered, {
        kind: 'waiting-messages-changed',
        change,
        count,
        by,
      });
    }
    const mailbox = mailboxOf(registered, next, await pendingSend(transaction, mailboxId));
    return { kind: 'changed', count, mailbox };
  });
}
