import { ownerDisabledCard, setActiveCard } from '../../../cards/index.ts';
import { goesWhenActive } from '../../../services/domain/mailbox.ts';
import { type MailboxContext, mailboxView } from '../../present/index.ts';
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
import { admitAdministrator } from './administered.ts';
import { auditPress } from './audit-press.ts';
import { isNotDone, refusedAnswer } from './refused-answer.ts';

interface ActiveWish {
  readonly mailboxId: string;
  readonly active: boolean;
}

/** Says what stops, or what goes on, before it is done. */
export async function askSetActive(
  asker: Asker,
  wish: ActiveWish,
  services: BotServices,
): Promise<ActionAnswer> {
  const admitted = await admitAdministrator(asker, wish.mailboxId, actionOf(wish), services);
  return 'answer' in admitted ? admitted.answer : ask(asker, admitted.context, wish, services);
}

async function ask(
  asker: Asker,
  context: MailboxContext,
  { active }: ActiveWish,
  services: BotServices,
): Promise<ActionAnswer> {
  const { id } = context.mailbox;
  // Somebody else was quicker: there is nothing to ask.
  if (context.mailbox.active === active) {
    return answerShowing({ card: 'mailbox', mailboxId: id }, asker, services);
  }
  const view = await mailboxView(services, context, asker.viewer, asker.t);
  return plainAnswer(setActiveCard(view, active, asker.t));
}

function actionOf({ active }: ActiveWish) {
  return active ? ('activate-mailbox' as const) : ('deactivate-mailbox' as const);
}

/** Activates or deactivates the mailbox. */
export async function setActive(
  asker: Asker,
  wish: ActiveWish & { readonly letGo?: number | undefined },
  services: BotServices,
): Promise<ActionAnswer> {
  const { mailboxId, active, letGo = 0 } = wish;
  const action = actionOf(wish);
  const admitted = await admitAdministrator(asker, mailboxId, action, services);
  if ('answer' in admitted) return admitted.answer;
  const { context } = admitted;
  // The card that asks names what activating sends: more of it is asked about anew.
  if (active && goesWhenActive(context.mailbox) > letGo) return ask(asker, context, wish, services);
  const { id } = context.mailbox;
  const answer = await services.engine.setActive(id, active, await actionContext(asker, services));
  if (answer.kind === 'sign-in-required') return signInAnswer(asker, services);
  const done = answer.kind === 'changed' || answer.kind === 'unchanged';
  if (answer.kind !== 'unchanged') {
    const outcome = done ? 'done' : 'failed';
    const detail = done ? null : answer.kind;
    await auditPress(asker, { action, subject: id, outcome, detail }, services);
  }
  if (done) return answerShowing({ card: 'mailbox', mailboxId: id }, asker, services, [id]);
  if (answer.kind === 'owner-disabled') {
    const view = await mailboxView(services, context, asker.viewer, asker.t);
    return plainAnswer(ownerDisabledCard(view, asker.t));
  }
  if (!isNotDone(answer)) return outdatedAnswer(asker, mailboxId);
  const asked = active ? 'activate' : 'deactivate';
  return refusedAnswer(answer, { wish: asked, mailboxId: id }, asker, services);
}
