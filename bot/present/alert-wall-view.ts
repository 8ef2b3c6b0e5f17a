import type { AlertWallView } from '../../cards/index.ts';
import type { Alert } from '../../services/domain/alert.ts';
import type { AlertWall } from '../../services/domain/alert-wall.ts';
import { mayActForProfile } from '../../services/domain/permission.ts';
import type { Person } from '../../services/domain/person.ts';
import type { Translator } from '../../services/i18n/index.ts';
import type { World } from './world.ts';

/** A card has room for so many; one more tells whether there are more. */
const SHOWN = 12;

/** How new a wording is also tells what has come of it: the third says that it is tried again. */
const GENERATIONS = { stopped: [2, 1], retried: [3, 2, 1] } as const;

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

/** In the words that Dynamics 365 has for it; an information has none but its article's. */
function wordsOf(world: World, alert: Alert, t: Translator): string | null {
  // What Dynamics 365 printed is what people find there; the wordings are for what it never printed.
  if (alert.text !== undefined) return alert.text;
  const article = world.knowledge.article(alert.topic);
  if (article === null) return null;
  if (article.kind !== 'alert') return article.meaning[t.language];
  const { direction, slots } = alert;
  for (const generation of GENERATIONS[alert.level === 'warning' ? 'retried' : 'stopped']) {
    const rendering = { article, lang: t.language, generation, direction, slots };
    const words = world.knowledge.renderAlert(rendering);
    if (words !== null) return words;
  }
  return null;
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
