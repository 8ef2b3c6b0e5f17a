import { deniedCard } from '../../../cards/index.ts';
import { idOf, type MailboxId } from '../../../services/domain/ids.ts';
import { letsGo } from '../../../services/domain/mailbox.ts';
import { mayTestAndEnable } from '../../../services/domain/permission.ts';
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
import { answerAfterStart } from './answer-after-start.ts';
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
    ...(await actionContext(asker, services)),
    selfApproval: permission.selfApproves,
  });
  const outcome = answer.kind === 'started' ? 'done' : 'no-change';
  const detail = goes === 0 ? answer.kind : `${answer.kind}, waiting messages let go: ${goes}`;
  await auditPress(asker, { action, subject: mailboxId, outcome, detail }, services);
  if (answer.kind === 'started' && permission.selfApproves && lacksApproval(context)) {
    const key = asker.idempotencyKey;
    await services.approvals.selfApproved({ mailboxId, actor: asker.person, key });
  }
  return answerAfterStart(answer, context, asker, services);
}

/** Where the engine would refuse, that is what to say first. */
function isReady(context: MailboxContext, { selfApproves }: TestPermission): boolean {
  const { mailbox, profile, organization } = context;
  if (!mailbox.active || profile === null || organization === null) return false;
  return selfApproves || !lacksApproval(context);
}
