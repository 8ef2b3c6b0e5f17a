import type { MailboxId } from '../../../services/domain/ids.ts';
import { showMailbox } from '../actions/show-mailbox.ts';
import type { BotServices } from '../bot-services.ts';
import { replyWith } from '../reply-with.ts';
import type { Turn } from '../turn.ts';
import { withMailbox } from './with-mailbox.ts';

export async function status(turn: Turn, named: string, services: BotServices): Promise<void> {
  const show = async (mailboxId: MailboxId): Promise<void> => {
    await replyWith(turn, await showMailbox(turn, { mailboxId }, services));
  };
  await withMailbox(turn, named, services, show, 'a-likeness');
}
