import { approvalListCard, mailboxListCard } from '../../../cards/index.ts';
import {
  approvalRequestView,
  contextOf,
  lacksApproval,
  type MailboxContext,
  mailboxView,
  mayDecide,
  personViewer,
  viewerSees,
  whoDecides,
} from '../../present/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Turn } from '../turn.ts';

const SHOWN = 5;

/**
 * Requests that wait for this person or that they made; without any, mailboxes that they could
 * approve, or that others could.
 */
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
  const viewer = personViewer(turn.person);
  const hits = await services.engine.findMailboxes({ by: 'approval-pending' });
  const contexts = await Promise.all(hits.map(({ mailbox }) => contextOf(services, mailbox)));
  const own = contexts.filter((context) => mayDecide(context, viewer));
  // "Nothing waits" would not be true for somebody whose mailbox waits for another's decision.
  const others = contexts.filter(
    (context) => viewerSees(viewer, context.mailbox, context.profile) && lacksApproval(context),
  );
  const title = own.length === 0 && others.length > 0 ? 'approvals-of-others' : 'approvals';
  const waiting = title === 'approvals' ? own : others;
  const mailboxes = await Promise.all(
    waiting.slice(0, SHOWN).map((context) => mailboxView(services, context, turn.viewer, turn.t)),
  );
  const more = waiting.length - mailboxes.length;
  const whoDecides = title === 'approvals' ? null : await namesOfDeciders(services, others);
  await turn.reply(mailboxListCard({ title, searched: null, mailboxes, more, whoDecides }, turn.t));
}

/** Mailboxes of one profile have the same deciders. */
async function namesOfDeciders(
  services: BotServices,
  contexts: readonly MailboxContext[],
): Promise<readonly string[]> {
  const byProfile = new Map(contexts.map((context) => [context.mailbox.profileId, context]));
  const names = await Promise.all([...byProfile.values()].map((one) => whoDecides(services, one)));
  return [...new Set(names.flat())];
}
