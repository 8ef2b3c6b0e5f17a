import { approvalListCard, mailboxListCard } from '../../../cards/index.ts';
import {
  approvalRequestView,
  contextOf,
  mailboxView,
  mayDecide,
  personViewer,
} from '../../present/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Turn } from '../turn.ts';

const SHOWN = 5;

/** Requests that wait for this person or that they made; without any, mailboxes that they could approve. */
export async function approvals(turn: Turn, services: BotServices): Promise<void> {
  const pending = await services.approvals.pending(turn.person);
  if (pending.length === 0) return approvableMailboxes(turn, services);
  const requests = await Promise.all(
    pending
      .slice(0, SHOWN)
      .map(async ({ request, mailbox }) =>
        approvalRequestView(
          services,
          request,
          await contextOf(services, mailbox),
          turn.viewer,
          turn.t,
        ),
      ),
  );
  const more = pending.length - requests.length;
  await turn.reply(approvalListCard({ requests, more }, turn.t));
}

async function approvableMailboxes(turn: Turn, services: BotServices): Promise<void> {
  const hits = await services.engine.findMailboxes({ by: 'approval-pending' });
  const contexts = await Promise.all(hits.map(({ mailbox }) => contextOf(services, mailbox)));
  const own = contexts.filter((context) => mayDecide(context, personViewer(turn.person)));
  const mailboxes = await Promise.all(
    own.slice(0, SHOWN).map((context) => mailboxView(services, context, turn.viewer, turn.t)),
  );
  const more = own.length - mailboxes.length;
  await turn.reply(
    mailboxListCard({ title: 'approvals', searched: null, mailboxes, more }, turn.t),
  );
}
