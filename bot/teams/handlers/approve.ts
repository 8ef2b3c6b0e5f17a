import { approveEmail } from '../actions/approve-email.ts';
import type { BotServices } from '../bot-services.ts';
import { replyWith } from '../reply-with.ts';
import { asThemselves } from '../sign-in/as-themselves.ts';
import type { Turn } from '../turn.ts';
import { withMailbox } from './with-mailbox.ts';

export async function approve(turn: Turn, named: string, services: BotServices): Promise<void> {
  await withMailbox(turn, named, services, async (mailboxId) => {
    const answer = await asThemselves(turn, services, () =>
      approveEmail(turn, { mailboxId, address: null }, services),
    );
    await replyWith(turn, answer);
  });
}
