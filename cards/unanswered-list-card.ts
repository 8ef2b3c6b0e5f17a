import type { Translator } from '../services/i18n/index.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard } from './card.ts';
import { compose } from './compose.ts';
import { bold, container, row, say, small, text, title } from './elements.ts';
import { fitCard, listed } from './fit.ts';
import { markdown, plain } from './text.ts';
import type { UnansweredListView } from './views.ts';

/** What people asked and nothing documented answers, most often asked first; a tap opens one. */
export function unansweredListCard(view: UnansweredListView, t: Translator): AdaptiveCard {
  const count = view.kinds.length + view.more;
  return fitCard((detail) =>
    compose(t, {
      summary: t('card.unanswered.title', { count }),
      body: [
        title(say(t, 'card.unanswered.title', { count })),
        text(say(t, count === 0 ? 'card.unanswered.none' : 'card.unanswered.explain'), {
          spacing: 'small',
        }),
        ...listed(
          t,
          view.kinds,
          detail.items,
          ({ unansweredId, count: times, examples, lastAt, near }) =>
            container(
              [
                row(
                  [text(bold(markdown(`${times} ×`)), { spacing: 'none' })],
                  [
                    text(plain(examples.at(-1) ?? '', 200), { spacing: 'none' }),
                    small(
                      near === null
                        ? say(t, 'card.unanswered.last', { when: t.dateTime(lastAt) })
                        : say(t, 'card.unanswered.last-near', {
                            when: t.dateTime(lastAt),
                            title: near.title,
                          }),
                      { spacing: 'none' },
                    ),
                  ],
                ),
              ],
              {
                style: 'emphasis',
                spacing: 'small',
                selectAction: execute('show-unanswered', t('card.unanswered.open'), {
                  unansweredId,
                }),
              },
            ),
          view.more,
        ),
      ],
    }),
  );
}
