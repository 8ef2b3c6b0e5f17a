import type { WaitingView } from '../../cards/index.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { mailboxView } from './mailbox-view.ts';
import type { Viewer } from './viewer.ts';
import type { MailboxContext, World } from './world.ts';

export async function waitingView(
  world: World,
  context: MailboxContext,
  { decided }: Pick<WaitingView, 'decided'>,
  viewer: Viewer,
  t: Translator,
): Promise<WaitingView> {
  const [mailbox, days] = await Promise.all([
    mailboxView(world, context, viewer, t),
    world.engine.waitingByDay(context.mailbox.id),
  ]);
  return { mailbox, days, decided, mayHold: world.engine.kind !== 'dataverse' };
}
