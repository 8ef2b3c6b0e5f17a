import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { idOf } from '../../../services/domain/ids.ts';
import { openFileStore } from '../../../services/store/index.ts';
import { silentLog } from '../../support/silent-log.ts';
import { DOMAIN } from './mail-registry.ts';

export interface WaitingMessage {
  readonly mailboxId: string;
  readonly to: string;
  readonly subject: string;
  readonly submittedAt: string;
}

/** A data directory of a program that ran before: messages were handed in and have not gone. */
export async function dataDirectoryWith(messages: readonly WaitingMessage[]): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'medic-'));
  const store = await openFileStore({ directory, log: silentLog, clock: { now: Date.now } });
  await store.transact(async (transaction) => {
    for (const [index, { mailboxId, to, subject, submittedAt }] of messages.entries()) {
      const id = `waiting-${index}`;
      await transaction.put('outgoingMessages', {
        id,
        mailboxId: idOf(mailboxId),
        subject,
        to: [to],
        text: 'Written before the mailbox was enabled.',
        messageId: `<${id}@${DOMAIN}>`,
        submittedAt,
        state: 'pending-send',
        attempts: 0,
      });
    }
  });
  await store.close();
  return directory;
}
