import type { Translator } from '../services/i18n/index.ts';
import type { AdaptiveCard } from './card.ts';
import { compose } from './compose.ts';
import { say, small, text, title } from './elements.ts';
import { tidy } from './text.ts';
import type { KnowledgeDeniedView } from './views.ts';

const MOST_NAMES = 5;

/** Who looks after the articles, for somebody who does not. */
export function knowledgeDeniedCard({ whoMay }: KnowledgeDeniedView, t: Translator): AdaptiveCard {
  const names = t.list(whoMay.slice(0, MOST_NAMES).map((name) => tidy(name, 100)));
  return compose(t, {
    summary: t('card.denied.title'),
    body: [
      title(say(t, 'card.denied.title')),
      text(say(t, 'card.knowledge.administrators'), { spacing: 'small' }),
      whoMay.length === 0
        ? null
        : text(say(t, 'card.denied.who-may', { names, count: whoMay.length }), {
            spacing: 'medium',
          }),
      small(say(t, 'card.denied.unchanged'), { spacing: 'medium' }),
    ],
  });
}
