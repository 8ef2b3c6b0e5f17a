import { idOf, type MailboxId } from '../../../services/domain/ids.ts';
import { personViewer, visibleContext } from '../../present/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import { type ActionAnswer, answerShowing, outdatedAnswer } from './action.ts';

/** How the mailbox's profile reaches its server. */
export async function showProfile(
  asker: Asker,
  data: { readonly mailboxId: string },
  services: BotServices,
): Promise<ActionAnswer> {
  const mailboxId = idOf<MailboxId>(data.mailboxId);
  const context = await visibleContext(services, mailboxId, personViewer(asker.person));
  if (context === null) return outdatedAnswer(asker);
  return answerShowing({ card: 'profile', mailboxId }, asker, services);
}
