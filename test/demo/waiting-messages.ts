import { idOf } from '../../services/domain/ids.ts';
import { openFileStore } from '../../services/store/index.ts';
import { silentLog } from '../support/silent-log.ts';

export interface WaitingMessage {
  readonly mailboxId: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly submittedAt: string;
}

/** Leaves a data directory as a bot does in which messages were handed in and have not gone. */
export async function leaveWaiting(
  directory: string,
  messages: readonly WaitingMessage[],
): Promise<void> {
  const store = await openFileStore({ directory, log: silentLog, clock: { now: Date.now } });
  await store.transact(async (transaction) => {
    for (const [index, { mailboxId, from, to, ...message }] of messages.entries()) {
      const id = `waiting-${String(index)}`;
      await transaction.put('outgoingMessages', {
        ...message,
        id,
        mailboxId: idOf(mailboxId),
        to: [to],
        text: message.subject,
        messageId: `<${id}@${from.slice(from.indexOf('@') + 1)}>`,
        state: 'pending-send',
        attempts: 0,
      });
    }
  });
  await store.close();
}
