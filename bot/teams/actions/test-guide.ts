import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import { type ActionAnswer, outdatedAnswer } from './action.ts';
import { answerGuide, guideHere } from './guide-steps.ts';
import { testAndEnable } from './test-and-enable.ts';

/**
 * Proves the repair: the same test as the mailbox's own button starts, with all its questions and
 * refusals; once it runs, the guide's card follows it.
 */
export async function testGuide(
  asker: Asker,
  data: { readonly guideId: string },
  services: BotServices,
): Promise<ActionAnswer> {
  const guide = await guideHere(asker, data, services);
  if (guide?.mailboxId == null) return outdatedAnswer(asker);
  const answer = await testAndEnable(asker, { mailboxId: guide.mailboxId }, services);
  if ('signIn' in answer || answer.shown?.reference.card !== 'test-run') return answer;
  const shown = await answerGuide(guide, asker, services);
  return { ...shown, changed: answer.changed };
}
