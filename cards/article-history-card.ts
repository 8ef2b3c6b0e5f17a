import type { Translator } from '../services/i18n/index.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard, CardElement } from './card.ts';
import { compose } from './compose.ts';
import type { ArticleHistoryView } from './editing-views.ts';
import { bold, buttons, container, say, small, text, title } from './elements.ts';
import { fitCard, listed } from './fit.ts';

const WITH_BUTTONS = 4;

/** Who published what of an article, and the way back. Going back is a revision of its own. */
export function articleHistoryCard(view: ArticleHistoryView, t: Translator): AdaptiveCard {
  const { topic, revisions, current, released, news } = view;
  const heading = { title: view.title };
  return fitCard((detail) =>
    compose(t, {
      summary: t('card.history.title', heading),
      body: [
        title(say(t, 'card.history.title', heading)),
        news === null
          ? null
          : text(say(t, `card.history.${news}`, { revision: current }), { spacing: 'small' }),
        revisions.length === 0 ? text(say(t, 'card.history.none'), { spacing: 'small' }) : null,
        ...listed(t, revisions, Math.min(detail.items, 8), (revision, index) =>
          revisionRow(view, revision, index > 0 && index <= WITH_BUTTONS, t),
        ),
        released && current > 0
          ? container([text(bold(say(t, 'card.history.release'))), back(view, 0, t)], {
              spacing: 'medium',
            })
          : null,
        buttons([
          execute('edit-article', t('card.history.edit'), { topic }),
          execute('show-topic', t('card.history.show'), { topic }),
        ]),
      ],
    }),
  );
}

function revisionRow(
  view: ArticleHistoryView,
  { revision, change, authorName, publishedAt }: ArticleHistoryView['revisions'][number],
  mayGoBack: boolean,
  t: Translator,
): CardElement {
  const when = t.dateTime(publishedAt);
  return container(
    [
      text(bold(say(t, 'card.history.revision', { revision })), { spacing: 'none' }),
      small(say(t, `card.history.${change}-by`, { name: authorName, when }), { spacing: 'none' }),
      mayGoBack ? back(view, revision, t) : null,
    ],
    { style: 'emphasis', spacing: 'small' },
  );
}

function back(
  { topic, current }: ArticleHistoryView,
  to: number,
  t: Translator,
): CardElement | null {
  const payload = { topic, to, from: current };
  return buttons([execute('roll-back-article', t('card.history.back', { to }), payload)]);
}
