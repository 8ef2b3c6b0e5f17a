import type { OutgoingMessage } from '../../domain/outgoing-message.ts';
import { instantOf } from '../../domain/time.ts';
import { doneBefore, rememberDone } from '../once.ts';
import type { ActionContext, SubmitAnswer } from '../sync-engine.ts';
import type { EngineParts } from './engine-parts.ts';
import { readState } from './mailbox-records.ts';

/** Keeps a message as Pending Send. It may wait for an approval or for Test & Enable: that is no refusal. */
export async function submit(
  parts: EngineParts,
  message: Pick<OutgoingMessage, 'mailboxId' | 'subject' | 'to' | 'text'>,
  { idempotencyKey, signal }: ActionContext,
): Promise<SubmitAnswer> {
  const { mailboxId, subject, to, text } = message;
  const registered = parts.registry.mailboxes.get(mailboxId);
  if (registered === undefined) return { kind: 'not-found' };
  signal.throwIfAborted();
  const once = { action: 'submit', mailboxId, key: idempotencyKey };
  return parts.store.transact(async (transaction) => {
    const earlierId = await doneBefore(transaction, once);
    const earlier =
      earlierId === null ? undefined : await transaction.get('outgoingMessages', earlierId);
    if (earlier !== undefined) return { kind: 'pending', message: earlier };
    const id = parts.newId();
    const kept: OutgoingMessage = {
      id,
      mailboxId,
      subject,
      to,
      text,
      messageId: `<${id}@${domainOf(registered.address)}>`,
      submittedAt: instantOf(parts.scheduler.now()),
      state: 'pending-send',
      attempts: 0,
    };
    const state = await readState(transaction, registered);
    await transaction.put('outgoingMessages', kept);
    await transaction.put('mailboxStates', { ...state, version: state.version + 1 });
    await rememberDone(transaction, parts.scheduler, once, id);
    return { kind: 'pending', message: kept };
  });
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}
