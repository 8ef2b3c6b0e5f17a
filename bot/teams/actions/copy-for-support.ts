import { supportCard } from '../../../cards/index.ts';
import { idOf, type MailboxId } from '../../../services/domain/ids.ts';
import { instantOf } from '../../../services/domain/time.ts';
import { personViewer, supportView, visibleContext } from '../../present/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import { type ActionAnswer, outdatedAnswer, plainAnswer } from './action.ts';

/** A text to send to whoever can help; as things are now, and not kept true. */
export async function copyForSupport(
  asker: Asker,
  data: { readonly mailboxId: string },
  services: BotServices,
): Promise<ActionAnswer> {
  const mailboxId = idOf<MailboxId>(data.mailboxId);
  const context = await visibleContext(services, mailboxId, personViewer(asker.person));
  if (context === null) return outdatedAnswer(asker);
  const at = instantOf(services.clock.now());
  const view = await supportView(services, context, at, asker.t);
  return plainAnswer(supportCard(view, asker.t));
}
