import type { AlertWallView } from '../../cards/index.ts';
import type { AlertWall } from '../../services/domain/alert-wall.ts';
import { mayActForProfile } from '../../services/domain/permission.ts';
import type { Person } from '../../services/domain/person.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { wordsOf } from './alert-words.ts';
import type { World } from './world.ts';

/** A card has room for so many; one more tells whether there are more. */
const SHOWN = 12;

/** `name` is what the wall belongs to; null for a person's own. */
export async function alertWallView(
  world: World,
  wall: AlertWall,
  name: string | null,
  viewer: Person,
  t: Translator,
): Promise<AlertWallView> {
  const found = await world.engine.alerts({ wall, state: 'any', limit: SHOWN + 1 });
  return {
    wall: wall.of,
    name,
    mailboxId: wall.of === 'mailbox' ? wall.mailboxId : null,
    profileId: wall.of === 'mailbox' ? await profileFor(world, wall, viewer) : null,
    rows: found.slice(0, SHOWN).map(({ alert, open }) => {
      const article = world.knowledge.article(alert.topic);
      return {
        alert,
        open,
        title: article?.title[t.language] ?? t('card.wall.undocumented'),
        words: wordsOf(world, alert, t),
      };
    }),
    more: found.length > SHOWN,
  };
}

/** The profile's wall is its owner's and the administrators'. */
async function profileFor(
  world: World,
  { mailboxId }: Extract<AlertWall, { of: 'mailbox' }>,
  viewer: Person,
): Promise<string | null> {
  const [hit] = await world.engine.findMailboxes({ by: 'id', id: mailboxId });
  const profileId = hit?.mailbox.profileId ?? null;
  const profile = profileId === null ? undefined : await world.engine.profile(profileId);
  if (profile === undefined) return null;
  return mayActForProfile(viewer, profile) ? profile.id : null;
}
