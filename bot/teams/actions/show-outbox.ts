import { outboxCard } from '../../../cards/index.ts';
import { idOf, type MailboxId } from '../../../services/domain/ids.ts';
import { mailboxView, personViewer, visibleContext } from '../../present/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import { type ActionAnswer, outdatedAnswer, plainAnswer } from './action.ts';

const SHOWN = 10;

/** Which messages are Pending Send, and why. */
export async function showOutbox(
  asker: Asker,
  { mailboxId }: { readonly mailboxId: string },
  services: BotServices,
): Promise<ActionAnswer> {
  const id = idOf<MailboxId>(mailboxId);
  const context = await visibleContext(services, id, personViewer(asker.person));
  if (context === null) return outdatedAnswer(asker);
  const pending = await services.engine.pendingMessages(id);
  const messages = pending.slice(0, SHOWN);
  const mailbox = await mailboxView(services, context, asker.viewer, asker.t);
  const more = pending.length - messages.length;
  return plainAnswer(outboxCard({ mailbox, messages, more }, asker.t));
}
