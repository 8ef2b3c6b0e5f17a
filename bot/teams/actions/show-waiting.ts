import { idOf, type MailboxId } from '../../../services/domain/ids.ts';
import { personViewer, visibleContext } from '../../present/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import { type ActionAnswer, answerShowing, outdatedAnswer } from './action.ts';

/** What waits to be sent, by day. */
export async function showWaiting(
  asker: Asker,
  data: { readonly mailboxId: string },
  services: BotServices,
): Promise<ActionAnswer> {
  const mailboxId = idOf<MailboxId>(data.mailboxId);
  const context = await visibleContext(services, mailboxId, personViewer(asker.person));
  if (context === null) return outdatedAnswer(asker);
  return answerShowing({ card: 'waiting', mailboxId, decided: null }, asker, services);
}
