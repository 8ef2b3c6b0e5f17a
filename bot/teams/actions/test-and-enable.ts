import { deniedCard } from '../../../cards/index.ts';
import type { AuditEntry } from '../../../services/domain/audit.ts';
import type { CardReference } from '../../../services/domain/card-reference.ts';
import { idOf, type MailboxId, type TopicId } from '../../../services/domain/ids.ts';
import { mayAdminister, missingApprovalTopic } from '../../../services/domain/permission.ts';
import { instantOf } from '../../../services/domain/time.ts';
import { AppError } from '../../../services/observability/index.ts';
import type { TestAndEnableAnswer } from '../../../services/sync-engine/index.ts';
import {
  deniedView,
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

/** Starts a test of all directions; the card that answers shows its progress until it is done. */
export async function testAndEnable(
  asker: Asker,
  data: { readonly mailboxId: string },
  services: BotServices,
): Promise<ActionAnswer> {
  const mailboxId = idOf<MailboxId>(data.mailboxId);
  const context = await visibleContext(services, mailboxId, personViewer(asker.person));
  if (context === null) return outdatedAnswer(asker);
  const permission = mayAdminister(asker.person);
  if (!permission.allowed) {
    await audit(asker, mailboxId, 'denied', permission.reason, services);
    const view = await deniedView(services, context.mailbox, permission, false);
    return plainAnswer(deniedCard(view, asker.t));
  }
  const answer = await services.engine.testAndEnable(mailboxId, actionContext(asker, services));
  const outcome = answer.kind === 'started' ? 'done' : 'no-change';
  await audit(asker, mailboxId, outcome, answer.kind, services);
  return answerShowing(referenceFor(answer, context), asker, services, [mailboxId]);
}

function referenceFor(
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

async function audit(
  asker: Asker,
  subject: MailboxId,
  outcome: AuditEntry['outcome'],
  detail: string,
  { store, clock }: BotServices,
): Promise<void> {
  const at = instantOf(clock.now());
  const actor = asker.person.id;
  // The engine answers a repeated press as it did the first; what was done is written down once.
  const id = `bot/test-and-enable/${subject}/${asker.idempotencyKey}`;
  await store.transact(async (transaction) => {
    if ((await transaction.get('idempotency', id))?.result === outcome) return;
    await transaction.put('idempotency', { id, result: outcome, at });
    await transaction.audit({ at, actor, action: 'test-and-enable', subject, outcome, detail });
  });
}
