import { deniedCard, rejectAskCard } from '../../../cards/index.ts';
import { idOf, type MailboxId } from '../../../services/domain/ids.ts';
import { deniedView, mailboxView, personViewer, visibleContext } from '../../present/index.ts';
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

/** Shows what rejecting stops, and asks again. Whether the person may is looked at when they do. */
export async function askRejectEmail(
  asker: Asker,
  { mailboxId, reason }: { readonly mailboxId: string; readonly reason: string },
  services: BotServices,
): Promise<ActionAnswer> {
  const id = idOf<MailboxId>(mailboxId);
  const context = await visibleContext(services, id, personViewer(asker.person));
  if (context === null) return outdatedAnswer(asker);
  const because = reason.replace(/\s+/g, ' ').trim();
  // A client that sent the form without a reason: there is nothing to ask about.
  if (because === '') return answerShowing({ card: 'mailbox', mailboxId: id }, asker, services);
  const mailbox = await mailboxView(services, context, asker.viewer, asker.t);
  return plainAnswer(rejectAskCard({ mailbox, reason: because }, asker.t));
}

/** Rejects the mailbox's address; the owner reads the reason. */
export async function rejectEmail(
  asker: Asker,
  data: { readonly mailboxId: string; readonly because: string; readonly address: string },
  services: BotServices,
): Promise<ActionAnswer> {
  const mailboxId = idOf<MailboxId>(data.mailboxId);
  const outcome = await services.approvals.reject({
    mailboxId,
    seenAddress: data.address,
    actor: asker.person,
    reason: data.because,
    context: await actionContext(asker, services),
  });
  switch (outcome.kind) {
    case 'denied': {
      const view = await deniedView(services, outcome.mailbox, outcome.permission, false);
      return plainAnswer(deniedCard(view, asker.t));
    }
    case 'not-found':
      return outdatedAnswer(asker);
    case 'sign-in-required':
      return signInAnswer(asker, services);
    case 'no-effect':
    case 'not-permitted':
    case 'refused':
      return refusedAnswer(outcome, { wish: 'reject', mailboxId }, asker, services);
    case 'rejected':
    case 'already-rejected':
    case 'address-changed':
    case 'approval-missing':
    case 'mailbox-inactive':
    case 'profile-missing':
      return answerShowing({ card: 'mailbox', mailboxId }, asker, services, [mailboxId]);
  }
}
