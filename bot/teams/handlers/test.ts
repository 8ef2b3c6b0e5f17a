import { testAndEnable } from '../actions/test-and-enable.ts';
import type { BotServices } from '../bot-services.ts';
import { replyWith } from '../reply-with.ts';
import { asThemselves } from '../sign-in/as-themselves.ts';
import type { Turn } from '../turn.ts';
import { withMailbox } from './with-mailbox.ts';

export async function test(turn: Turn, named: string, services: BotServices): Promise<void> {
  await withMailbox(turn, named, services, async (mailboxId) => {
    const answer = await asThemselves(turn, services, () =>
      testAndEnable(turn, { mailboxId }, services),
    );
    await replyWith(turn, answer);
  });
}
