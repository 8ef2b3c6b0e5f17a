import { markPrimaryCard } from '../../../cards/index.ts';
import { letsGo } from '../../../services/domain/mailbox.ts';
import { type MailboxContext, markPrimaryView } from '../../present/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import { type ActionAnswer, actionContext, plainAnswer } from './action.ts';
import { admitAdministrator } from './administered.ts';
import { answerAfterStart } from './answer-after-start.ts';
import { auditPress } from './audit-press.ts';

const action = 'mark-primary';

/** Says what another organization loses, and asks once more. */
export async function askMarkPrimary(
  asker: Asker,
  data: { readonly mailboxId: string },
  services: BotServices,
): Promise<ActionAnswer> {
  const admitted = await admitAdministrator(asker, data.mailboxId, action, services);
  return 'answer' in admitted ? admitted.answer : ask(asker, admitted.context, services);
}

async function ask(
  asker: Asker,
  context: MailboxContext,
  services: BotServices,
): Promise<ActionAnswer> {
  const view = await markPrimaryView(services, context, asker.viewer, asker.t);
  return plainAnswer(markPrimaryCard(view, asker.t));
}

/** Test & enable with "Sync items with Exchange from this Dynamics 365 organization only …". */
export async function markPrimary(
  asker: Asker,
  data: { readonly mailboxId: string; readonly letGo?: number | undefined },
  services: BotServices,
): Promise<ActionAnswer> {
  const admitted = await admitAdministrator(asker, data.mailboxId, action, services);
  if ('answer' in admitted) return admitted.answer;
  const { context } = admitted;
  // The card that asks names what enabling sends, a tap away by day: more of it is asked about anew.
  if (letsGo(context.mailbox) > (data.letGo ?? 0)) return ask(asker, context, services);
  const subject = context.mailbox.id;
  const wish = { ...(await actionContext(asker, services)), markAsPrimary: true };
  const answer = await services.engine.testAndEnable(subject, wish);
  const outcome = answer.kind === 'started' ? 'done' : 'no-change';
  await auditPress(asker, { action, subject, outcome, detail: answer.kind }, services);
  return answerAfterStart(answer, context, asker, services);
}
