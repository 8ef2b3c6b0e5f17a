import type { Translator } from '../services/i18n/index.ts';
import type { AdaptiveCard } from './card.ts';
import { compose } from './compose.ts';
import { buttons, container, joined, say, small, text, title } from './elements.ts';
import { fitCard } from './fit.ts';
import { mailboxButton, topicButton } from './parts/mailbox-buttons.ts';
import { plain } from './text.ts';
import type { ActionRefusedView } from './views.ts';

const LONGEST_REPLY = 600;

/** The system of record would not, or only said that it did: why, in whose words, and what to do. */
export function actionRefusedCard(view: ActionRefusedView, t: Translator): AdaptiveCard {
  const { mailbox, wish, why, reply, article } = view;
  const named = { mailbox: mailbox.mailbox.name };
  return fitCard(() =>
    compose(t, {
      summary: t(`card.not-done.${wish}.title`, named),
      body: [
        title(say(t, `card.not-done.${wish}.title`, named)),
        container(
          [
            text(say(t, `card.not-done.${why}`, { wish }), { spacing: 'none' }),
            reply === null
              ? null
              : text(joined([say(t, 'card.not-done.reply'), plain(reply, LONGEST_REPLY)], ' '), {
                  spacing: 'small',
                }),
          ],
          { style: 'warning', spacing: 'medium' },
        ),
        why === 'refused'
          ? null
          : text(say(t, `card.not-done.${why}.remedy`, { wish }), { spacing: 'medium' }),
        small(say(t, 'card.denied.unchanged'), { spacing: 'medium' }),
        buttons([
          article === null
            ? null
            : topicButton(article, t('card.button.show-article'), mailbox.mailbox.id),
          mailboxButton(mailbox, t),
        ]),
      ],
    }),
  );
}
