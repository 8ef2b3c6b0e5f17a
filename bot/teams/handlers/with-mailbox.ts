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
  needs: 'its-name' | 'a-likeness' = 'its-name',
): Promise<void> {
  if (named === '') return myMailboxes(turn, services);
  const { exact, close } = await findMailboxes(services, named, turn.person);
  // Reading goes ahead on the only mailbox that is like the name ("Erik"); acting wants it named.
  const certain =
    exact.length === 0 && close.length === 1 && needs === 'a-likeness' ? close : exact;
  const [first, second] = certain;
  if (first !== undefined && second === undefined) return work(first.mailbox.id);
  const title = first === undefined ? 'suggestions' : 'same-name';
  const shown: readonly MailboxContext[] = first === undefined ? close : exact;
  const mailboxes = await Promise.all(
    shown.map((context) => mailboxView(services, context, turn.viewer, turn.t)),
  );
  await turn.reply(mailboxListCard({ title, searched: named, mailboxes, more: 0 }, turn.t));
}
