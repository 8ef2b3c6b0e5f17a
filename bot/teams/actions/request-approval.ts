import { deniedCard, requestSentCard } from '../../../cards/index.ts';
import type { RequestOutcome } from '../../../services/approvals/index.ts';
import { idOf, type MailboxId } from '../../../services/domain/ids.ts';
import { deniedView, visibleContext } from '../../present/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import { type ActionAnswer, answerShowing, outdatedAnswer, plainAnswer } from './action.ts';

/** Asks those who may approve; they get a card each. */
export async function requestApproval(
  asker: Asker,
  data: { readonly mailboxId: string; readonly reason: string },
  services: BotServices,
): Promise<ActionAnswer> {
  const mailboxId = idOf<MailboxId>(data.mailboxId);
  const outcome = await services.approvals.request({
    mailboxId,
    requestedBy: asker.person,
    reason: data.reason,
    key: asker.idempotencyKey,
  });
  switch (outcome.kind) {
    case 'requested':
    case 'already-requested':
      return sent(asker, mailboxId, outcome, services);
    case 'nobody-to-ask': {
      // Nobody in the directory may: the names that hold a role only in part are no help.
      const view = await deniedView(services, outcome.mailbox, outcome.permission, false);
      return plainAnswer(deniedCard({ ...view, whoMay: [] }, asker.t));
    }
    case 'already-approved':
    case 'may-approve':
    case 'profile-missing':
      return answerShowing({ card: 'mailbox', mailboxId }, asker, services);
    case 'not-found':
      return outdatedAnswer(asker);
  }
}

async function sent(
  asker: Asker,
  mailboxId: MailboxId,
  outcome: Extract<RequestOutcome, { readonly kind: 'requested' | 'already-requested' }>,
  services: BotServices,
): Promise<ActionAnswer> {
  // "You are told here": the message follows the request until it is decided.
  const reference = { card: 'approval-request', requestId: outcome.request.id, mailboxId } as const;
  const drawnFrom = await services.notifications.drawnFrom(reference);
  const context = await visibleContext(services, mailboxId, asker.viewer);
  const view = {
    mailboxName: context?.mailbox.name ?? '',
    askedNames: outcome.asked.map((person) => person.name),
    alreadyAsked: outcome.kind === 'already-requested',
  };
  return {
    card: requestSentCard(view, asker.t),
    shown: { reference, drawnFrom },
    changed: [],
  };
}
