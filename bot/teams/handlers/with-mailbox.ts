import { mailboxListCard } from '../../../cards/index.ts';
import type { MailboxId } from '../../../services/domain/ids.ts';
import { findMailboxes, type MailboxContext, mailboxView } from '../../present/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Turn } from '../turn.ts';
import { myMailboxes } from './my-mailboxes.ts';

/**
 * Runs `work` on the one mailbox that the person named. Several of that name are asked about by
 * address; none, or none that they may see, gives suggestions among those they may.
 */
export async function withMailbox(
  turn: Turn,
  named: string,
  services: BotServices,
  work: (mailboxId: MailboxId) => Promise<void>,
): Promise<void> {
  if (named === '') return myMailboxes(turn, services);
  const { exact, close } = await findMailboxes(services, named, turn.person);
  const [first, second] = exact;
  if (first !== undefined && second === undefined) return work(first.mailbox.id);
  const title = first === undefined ? 'suggestions' : 'same-name';
  const shown: readonly MailboxContext[] = first === undefined ? close : exact;
  const mailboxes = await Promise.all(
    shown.map((context) => mailboxView(services, context, turn.viewer, turn.t)),
  );
  await turn.reply(mailboxListCard({ title, searched: named, mailboxes, more: 0 }, turn.t));
}
