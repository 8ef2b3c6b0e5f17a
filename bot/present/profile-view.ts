import type { ProfileView } from '../../cards/index.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { mayFix } from './allowed-actions.ts';
import { mailboxView } from './mailbox-view.ts';
import type { Viewer } from './viewer.ts';
import { type MailboxContext, nameOf, type World } from './world.ts';

/** Null where the mailbox has no profile (any more). */
export async function profileView(
  world: World,
  context: MailboxContext,
  viewer: Viewer,
  t: Translator,
): Promise<ProfileView | null> {
  const { profile, mailbox } = context;
  if (profile === null) return null;
  const made = await world.engine.setUpChanges(mailbox.id);
  const [view, ownerName, changes] = await Promise.all([
    mailboxView(world, context, viewer, t),
    nameOf(world, profile.ownerId),
    Promise.all(
      made.map(async (change) => ({
        change,
        byName: (await nameOf(world, change.by)) ?? t('card.somebody'),
      })),
    ),
  ]);
  return { mailbox: view, profile, ownerName, changes, mayChange: mayFix(viewer) };
}
