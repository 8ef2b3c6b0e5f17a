import { idOf, type MailboxId } from '../../../services/domain/ids.ts';
import { personViewer, visibleContext } from '../../present/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import { type ActionAnswer, answerShowing, outdatedAnswer } from './action.ts';

interface ShowOutbox {
  readonly mailboxId: string;
  readonly ofDay?: string | undefined;
  readonly skip?: number | undefined;
}

/** Which messages are Pending Send, and why; of one day, if one was chosen. */
export async function showOutbox(
  asker: Asker,
  { mailboxId, ofDay, skip }: ShowOutbox,
  services: BotServices,
): Promise<ActionAnswer> {
  const id = idOf<MailboxId>(mailboxId);
  const context = await visibleContext(services, id, personViewer(asker.person));
  if (context === null) return outdatedAnswer(asker);
  const which = { day: ofDay ?? null, skip: skip ?? 0 };
  return answerShowing({ card: 'outbox', mailboxId: id, ...which }, asker, services);
}
