import type { Translator } from '../services/i18n/index.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard } from './card.ts';
import { compose } from './compose.ts';
import { buttons, container, say, section, small, text, title } from './elements.ts';
import { fitCard, listed } from './fit.ts';
import { topicRows } from './parts/topic-rows.ts';
import { plain } from './text.ts';
import type { UnansweredView } from './views.ts';

/** One kind of unanswered text: its examples, what it is close to, and what to do about it. */
export function unansweredCard(view: UnansweredView, t: Translator): AdaptiveCard {
  const { unansweredId, count, examples, near } = view;
  return fitCard((detail) =>
    compose(t, {
      summary: t('card.unanswered.one', { count }),
      body: [
        title(say(t, 'card.unanswered.one', { count })),
        small(say(t, 'card.unanswered.redacted')),
        section(say(t, 'card.unanswered.examples', { count: examples.length })),
        ...listed(t, [...examples].reverse(), detail.items, (example) =>
          container([text(plain(example, detail.text), { spacing: 'none' })], {
            style: 'emphasis',
            spacing: 'small',
          }),
        ),
        ...topicRows(near === null ? [] : [near], t, undefined),
        buttons([
          execute('edit-article', t('card.unanswered.draft'), { unansweredId }),
          near === null
            ? null
            : execute('edit-article', t('card.unanswered.add-to-near'), {
                unansweredId,
                topic: near.topic,
              }),
          execute('dismiss-unanswered', t('card.unanswered.dismiss'), { unansweredId }),
          execute('list-unanswered', t('card.unanswered.back'), {}),
        ]),
      ],
    }),
  );
}
