import type { Translator } from '../services/i18n/index.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard } from './card.ts';
import { compose } from './compose.ts';
import { container, say, small, text, title } from './elements.ts';
import { fitCard, listed } from './fit.ts';
import { markdown, plain } from './text.ts';
import type { ArticleVotesView } from './views.ts';

const BAR = 10;

/** How the articles did as answers, the surely weakest first; a tap opens the article. */
export function articleVotesCard(view: ArticleVotesView, t: Translator): AdaptiveCard {
  const count = view.articles.length + view.more;
  return fitCard((detail) =>
    compose(t, {
      summary: t('card.votes.title'),
      body: [
        title(say(t, 'card.votes.title')),
        text(say(t, count === 0 ? 'card.votes.none' : 'card.votes.explain'), { spacing: 'small' }),
        ...listed(
          t,
          view.articles,
          detail.items,
          ({ topic, title: heading, given, solved, notSolved }) =>
            container(
              [
                text(plain(heading, 150), { spacing: 'none' }),
                text(markdown(bar(solved, notSolved)), { fontType: 'monospace', spacing: 'none' }),
                small(say(t, 'card.votes.counts', { given, solved, notSolved }), {
                  spacing: 'none',
                }),
              ],
              {
                style: 'emphasis',
                spacing: 'small',
                selectAction: execute('show-topic', heading, { topic }),
              },
            ),
          view.more,
        ),
      ],
    }),
  );
}

/** The share that was helped, drawn with characters: it reads the same in every client. */
function bar(solved: number, notSolved: number): string {
  const votes = solved + notSolved;
  if (votes === 0) return '░'.repeat(BAR);
  const filled = Math.round((BAR * solved) / votes);
  return `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)} ${Math.round((100 * solved) / votes)} %`;
}
