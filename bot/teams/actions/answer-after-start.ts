import { idOf, type TopicId } from '../../../services/domain/ids.ts';
import { missingApprovalTopic } from '../../../services/domain/permission.ts';
import type { TestAndEnableAnswer } from '../../../services/sync-engine/index.ts';
import type { MailboxContext } from '../../present/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import { type ActionAnswer, answerShowing, signInAnswer } from './action.ts';
import { refusedAnswer } from './refused-answer.ts';

/** What to look at once a test was asked for. */
export async function answerAfterStart(
  answer: TestAndEnableAnswer,
  { mailbox, profile }: MailboxContext,
  asker: Asker,
  services: BotServices,
): Promise<ActionAnswer> {
  const mailboxId = mailbox.id;
  const changed = [mailboxId];
  switch (answer.kind) {
    case 'started':
    case 'already-running': {
      await services.guides.testStarted(mailboxId, answer.testRunId);
      const reference = { card: 'test-run', testRunId: answer.testRunId, mailboxId } as const;
      return answerShowing(reference, asker, services, changed);
    }
    case 'approval-missing': {
      // Not tested until it is approved: the article says why, and the card offers the approval.
      const reference = {
        card: 'alert',
        topic: idOf<TopicId>(missingApprovalTopic(profile?.serverType)),
        slots: { mailbox: mailbox.name },
        direction: null,
        code: null,
        nature: null,
        answerId: null,
        mailboxId,
      } as const;
      return answerShowing(reference, asker, services, changed);
    }
    case 'not-found':
    case 'mailbox-inactive':
    case 'profile-missing':
      return answerShowing({ card: 'mailbox', mailboxId }, asker, services, changed);
    case 'sign-in-required':
      return signInAnswer(asker, services);
    case 'no-effect':
    case 'not-permitted':
    case 'refused':
      return refusedAnswer(answer, { wish: 'test', mailboxId }, asker, services);
  }
}
