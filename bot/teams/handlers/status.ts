import type { MailboxId } from '../../../services/domain/ids.ts';
import type { PerformanceSummary } from '../../../services/domain/performance.ts';
import { showMailbox } from '../actions/show-mailbox.ts';
import type { BotServices } from '../bot-services.ts';
import { replyWith } from '../reply-with.ts';
import type { Turn } from '../turn.ts';
import { myMailboxes } from './my-mailboxes.ts';
import { withMailbox } from './with-mailbox.ts';

export async function status(turn: Turn, named: string, services: BotServices): Promise<void> {
  if (named === '') return myMailboxes(turn, services, await ofAllMailboxes(turn, services));
  const show = async (mailboxId: MailboxId): Promise<void> => {
    await replyWith(turn, await showMailbox(turn, { mailboxId }, services));
  };
  await withMailbox(turn, named, services, show, 'a-likeness');
}

/** With a role a person sees every mailbox (`maySee`), so they may count them; others see their own. */
async function ofAllMailboxes(
  { person }: Turn,
  { engine }: BotServices,
): Promise<PerformanceSummary | null> {
  if (person.roles.length === 0) return null;
  return engine.performanceSummary({ organizationId: null, profileId: null, concerning: null });
}
