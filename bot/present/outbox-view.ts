import type { OutboxView } from '../../cards/index.ts';
import type { CardReference } from '../../services/domain/card-reference.ts';
import { dayOf } from '../../services/domain/outgoing-message.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { mailboxView } from './mailbox-view.ts';
import type { Viewer } from './viewer.ts';
import type { MailboxContext, World } from './world.ts';

const SHOWN = 10;

export async function outboxView(
  world: World,
  context: MailboxContext,
  { day, skip }: Extract<CardReference, { readonly card: 'outbox' }>,
  viewer: Viewer,
  t: Translator,
): Promise<OutboxView> {
  const [mailbox, all] = await Promise.all([
    mailboxView(world, context, viewer, t),
    world.engine.pendingMessages(context.mailbox.id),
  ]);
  const pending = day === null ? all : all.filter(({ message }) => dayOf(message) === day);
  // Those before may have gone since the card was sent.
  const from = skip < pending.length ? skip : 0;
  const messages = pending.slice(from, from + SHOWN);
  return { mailbox, day, skipped: from, messages, more: pending.length - from - messages.length };
}
