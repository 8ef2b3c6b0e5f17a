import type { FailedItemsView } from '../../cards/index.ts';
import * as cards from '../../cards/index.ts';
import type { Article } from '../../services/domain/article.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { alertViewOf, at, type OutsideTexts } from './card-fixtures.ts';
import type { Box, Scene } from './card-scenes.ts';

/** What Dynamics 365 knows of single items and of its forms. */
export function itemScenes(
  [explained, organizer]: readonly [Article, Article],
  texts: OutsideTexts,
  t: Translator,
  box: Box,
): readonly Scene[] {
  const failed: readonly FailedItemsView[] = [
    {
      error: 'NoRecipientMatch',
      topic: explained.id,
      title: explained.title[t.language],
      count: 12,
      latestAt: at(-30),
    },
    { error: texts.reply, topic: null, title: null, count: 1, latestAt: at(-60) },
  ];
  const answer = (
    name: string,
    forms: number,
    without: number,
    names: readonly string[],
  ): Scene => ({
    name,
    card: cards.alertCard(
      alertViewOf(organizer, texts, null, { organizer: { forms, without, names } }),
      t,
    ),
  });
  return [
    {
      name: 'mailbox-items-failed',
      card: cards.mailboxCard(box(), t, { warnings: [], limits: [] }, failed),
    },
    answer('organizer-on-all-forms', 3, 0, []),
    answer('organizer-on-the-form', 1, 0, []),
    answer(
      'organizer-missing-on-forms',
      9,
      8,
      Array.from({ length: 8 }, () => texts.profile),
    ),
    answer('organizer-missing-unnamed', 1, 1, []),
  ];
}
