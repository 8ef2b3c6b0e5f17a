import { deniedCard } from '../../../cards/index.ts';
import { idOf, type MailboxId } from '../../../services/domain/ids.ts';
import { deniedView } from '../../present/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import {
  type ActionAnswer,
  actionContext,
  answerShowing,
  outdatedAnswer,
  plainAnswer,
  signInAnswer,
} from './action.ts';
import { refusedAnswer } from './refused-answer.ts';

/** Approves the mailbox's address, or says who may and offers to ask them. */
export async function approveEmail(
  asker: Asker,
  data: { readonly mailboxId: string; readonly address: string | null },
  services: BotServices,
): Promise<ActionAnswer> {
  const mailboxId = idOf<MailboxId>(data.mailboxId);
  const outcome = await services.approvals.approve({
    mailboxId,
    seenAddress: data.address,
    actor: asker.person,
    context: await actionContext(asker, services),
  });
  switch (outcome.kind) {
    case 'denied': {
      const view = await deniedView(services, outcome.mailbox, outcome.permission, true);
      return plainAnswer(deniedCard(view, asker.t));
    }
    case 'not-found':
      return outdatedAnswer(asker);
    case 'sign-in-required':
      return signInAnswer(asker, services);
    case 'no-effect':
    case 'not-permitted':
    case 'refused':
      return refusedAnswer(outcome, { wish: 'approve', mailboxId }, asker, services);
    case 'approved':
    case 'already-approved':
    case 'address-changed':
    case 'approval-missing':
    case 'mailbox-inactive':
    case 'profile-missing':
      return answerShowing({ card: 'mailbox', mailboxId }, asker, services, [mailboxId]);
  }
}
