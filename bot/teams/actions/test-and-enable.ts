import { deniedCard } from '../../../cards/index.ts';
import type { CardReference } from '../../../services/domain/card-reference.ts';
import { idOf, type MailboxId, type TopicId } from '../../../services/domain/ids.ts';
import { letsGo } from '../../../services/domain/mailbox.ts';
import { mayTestAndEnable, missingApprovalTopic } from '../../../services/domain/permission.ts';
import { AppError } from '../../../services/observability/index.ts';
import type { TestAndEnableAnswer } from '../../../services/sync-engine/index.ts';
import {
  deniedView,
  lacksApproval,
  type MailboxContext,
  personViewer,
  visibleContext,
} from '../../present/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import {
  type ActionAnswer,
  actionContext,
  answerShowing,
  outdatedAnswer,
  plainAnswer,
} from './action.ts';
import { auditPress } from './audit-press.ts';

const action = 'test-and-enable';

type TestPermission = ReturnType<typeof mayTestAndEnable>;

/**
 * Starts a test of all directions; the card that answers shows its progress until it is done. What
 * enabling would send is shown first: `letGo` is the number of messages that the person has agreed to.
 */
export async function testAndEnable(
  asker: Asker,
  data: { readonly mailboxId: string; readonly letGo?: number | undefined },
  services: BotServices,
): Promise<ActionAnswer> {
  const mailboxId = idOf<MailboxId>(data.mailboxId);
  const context = await visibleContext(services, mailboxId, personViewer(asker.person));
  if (context === null) return outdatedAnswer(asker);
  const permission = mayTestAndEnable(asker.person, context.mailbox, context.organization);
  if (!permission.allowed) {
    await auditPress(
      asker,
      { action, subject: mailboxId, outcome: 'denied', detail: permission.reason },
      services,
    );
    const view = await deniedView(services, context.mailbox, permission, false);
    return plainAnswer(deniedCard(view, asker.t));
  }
  const goes = letsGo(context.mailbox);
  if (goes > (data.letGo ?? 0) && isReady(context, permission)) {
    // Not without having been seen: the card shows them by day and asks a second time.
    return answerShowing({ card: 'waiting', mailboxId, decided: null }, asker, services);
  }
  const answer = await services.engine.testAndEnable(mailboxId, {
    ...actionContext(asker, services),
    selfApproval: permission.selfApproves,
  });
  const outcome = answer.kind === 'started' ? 'done' : 'no-change';
  const detail = goes === 0 ? answer.kind : `${answer.kind}, waiting messages let go: ${goes}`;
  await auditPress(asker, { action, subject: mailboxId, outcome, detail }, services);
  if (answer.kind === 'started' && permission.selfApproves && lacksApproval(context)) {
    const key = asker.idempotencyKey;
    await services.approvals.selfApproved({ mailboxId, actor: asker.person, key });
  }
  return answerShowing(shownAfterStart(answer, context), asker, services, [mailboxId]);
}

/** Where the engine would refuse, that is what to say first. */
function isReady(context: MailboxContext, { selfApproves }: TestPermission): boolean {
  const { mailbox, profile, organization } = context;
  if (!mailbox.active || profile === null || organization === null) return false;
  return selfApproves || !lacksApproval(context);
}

/** What to look at once a test was asked for. */
export function shownAfterStart(
  answer: TestAndEnableAnswer,
  { mailbox, profile }: MailboxContext,
): CardReference {
  const mailboxId = mailbox.id;
  switch (answer.kind) {
    case 'started':
    case 'already-running':
      return { card: 'test-run', testRunId: answer.testRunId, mailboxId };
    case 'approval-missing':
      // Not tested until it is approved: the article says why, and the card offers the approval.
      return {
        card: 'alert',
        topic: idOf<TopicId>(missingApprovalTopic(profile?.serverType)),
        slots: { mailbox: mailbox.name },
        direction: null,
        code: null,
        nature: null,
        answerId: null,
        mailboxId,
      };
    case 'not-found':
    case 'mailbox-inactive':
    case 'profile-missing':
      return { card: 'mailbox', mailboxId };
    case 'refused':
      throw new AppError('engine-unavailable', 'the system of record refused the test');
  }
}
