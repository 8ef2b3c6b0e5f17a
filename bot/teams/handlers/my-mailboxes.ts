import { mailboxListCard } from '../../../cards/index.ts';
import type { PerformanceSummary } from '../../../services/domain/performance.ts';
import { contextOf, mailboxView } from '../../present/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Turn } from '../turn.ts';

const SHOWN = 8;

export async function myMailboxes(
  turn: Turn,
  services: BotServices,
  performance: PerformanceSummary | null = null,
): Promise<void> {
  const hits = await services.engine.findMailboxes({ by: 'owner', ownerId: turn.person.id });
  const mailboxes = await Promise.all(
    hits
      .slice(0, SHOWN)
      .map(async ({ mailbox }) =>
        mailboxView(services, await contextOf(services, mailbox), turn.viewer, turn.t),
      ),
  );
  const more = hits.length - mailboxes.length;
  const view = { title: 'mine', searched: null, mailboxes, more, performance } as const;
  await turn.reply(mailboxListCard(view, turn.t));
}
