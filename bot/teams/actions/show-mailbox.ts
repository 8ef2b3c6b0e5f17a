import { idOf, type MailboxId } from '../../../services/domain/ids.ts';
import { personViewer, visibleContext } from '../../present/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import { type ActionAnswer, answerShowing, outdatedAnswer } from './action.ts';

export async function showMailbox(
  asker: Asker,
  { mailboxId }: { readonly mailboxId: string },
  services: BotServices,
): Promise<ActionAnswer> {
  const id = idOf<MailboxId>(mailboxId);
  // Whoever presses decides what may be seen, also where a whole conversation will look at it.
  const context = await visibleContext(services, id, personViewer(asker.person));
  if (context === null) return outdatedAnswer(asker);
  return answerShowing({ card: 'mailbox', mailboxId: id }, asker, services);
}
