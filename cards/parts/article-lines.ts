import type { Article } from '../../services/domain/article.ts';
import type { FailureNature } from '../../services/domain/failure.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { bold, joined, say } from '../elements.ts';
import { type CardText, markdown, plain } from '../text.ts';

const LEVEL_ICONS: Readonly<Record<Article['level'], string>> = {
  error: '⛔',
  warning: '⚠️',
  information: 'ℹ️',
};

/** `⛔ Error · the whole profile · mailbox disabled`, in words as well as in a picture. */
export function articleBadge(
  article: Article,
  nature: FailureNature | null,
  t: Translator,
): CardText {
  if (article.kind !== 'alert') {
    const where = article.appliesTo.length === 1 ? article.appliesTo[0] : undefined;
    return joined([
      markdown(`${LEVEL_ICONS[article.level]} **${t(`card.kind.${article.kind}`)}**`),
      where === undefined ? null : say(t, `card.applies.${where}`),
    ]);
  }
  return joined([
    markdown(`${LEVEL_ICONS[article.level]} **${t(`card.level.${article.level}`)}**`),
    say(t, `card.scope.${article.scope}`),
    nature === null ? null : say(t, `card.nature.${nature}`),
  ]);
}

const MOST_SOURCES = 3;

/** Where the article comes from and how fresh it is. */
export function sourceLine(article: Article, t: Translator): CardText {
  const links = article.sources
    .slice(0, MOST_SOURCES)
    .map(({ title, url }) => markdown(`[${plain(title, 120)}](${linkable(url)})`));
  return joined([
    bold(say(t, 'card.source', { count: article.sources.length })),
    ...links,
    say(t, 'card.checked', { day: article.checked }),
  ]);
}

/** Spaces, which a URL has encoded, and parentheses would end a Markdown link early. */
function linkable(url: string): string {
  return new URL(url).href.replaceAll('(', '%28').replaceAll(')', '%29');
}
