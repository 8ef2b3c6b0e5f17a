import type { FailedItemsView, OrganizerView } from '../../cards/index.ts';
import type { Article } from '../../services/domain/article.ts';
import type { Mailbox } from '../../services/domain/mailbox.ts';
import { hasRole } from '../../services/domain/person.ts';
import type { Translator } from '../../services/i18n/index.ts';
import type { Viewer } from './viewer.ts';
import type { World } from './world.ts';

const ORGANIZER_MISSING = 'organizer-missing';

export async function failedItemsOf(
  { engine, knowledge }: World,
  { id }: Mailbox,
  t: Translator,
): Promise<readonly FailedItemsView[]> {
  const failed = await engine.failedItems(id);
  return failed.map((items) => {
    const article = items.topic === null ? null : knowledge.article(items.topic);
    return { ...items, topic: article?.id ?? null, title: article?.title[t.language] ?? null };
  });
}

/** Forms are named to those who may change them; whether the field is there, everybody may know. */
export async function organizerOf(
  { engine }: World,
  { id }: Article,
  viewer: Viewer,
): Promise<OrganizerView | null> {
  if (id !== ORGANIZER_MISSING) return null;
  const found = await engine.appointmentForms();
  if (found === null) return null;
  const { withOrganizer, withoutOrganizer } = found;
  const mayChange = viewer.kind === 'person' && hasRole(viewer.person, 'system-administrator');
  return {
    forms: withOrganizer.length + withoutOrganizer.length,
    without: withoutOrganizer.length,
    names: mayChange ? withoutOrganizer : [],
  };
}
