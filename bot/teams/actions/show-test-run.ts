import { idOf, type MailboxId, type TestRunId } from '../../../services/domain/ids.ts';
import { personViewer, visibleContext } from '../../present/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import { type ActionAnswer, answerShowing, outdatedAnswer } from './action.ts';

export async function showTestRun(
  asker: Asker,
  data: { readonly testRunId: string; readonly mailboxId: string },
  services: BotServices,
): Promise<ActionAnswer> {
  const testRunId = idOf<TestRunId>(data.testRunId);
  const run = await services.engine.testRun(testRunId);
  if (run === undefined) return outdatedAnswer(asker, data.mailboxId);
  // The run says which mailbox it is about; the card only claims it.
  const { mailboxId } = run;
  const context = await visibleContext(services, mailboxId, personViewer(asker.person));
  if (context === null || mailboxId !== idOf<MailboxId>(data.mailboxId)) {
    return outdatedAnswer(asker);
  }
  return answerShowing({ card: 'test-run', testRunId, mailboxId }, asker, services);
}
