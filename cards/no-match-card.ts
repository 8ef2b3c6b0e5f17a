import type { Translator } from '../services/i18n/index.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard } from './card.ts';
import { compose } from './compose.ts';
import { buttons, container, say, small, text, title } from './elements.ts';
import { fitCard } from './fit.ts';
import { topicButton } from './parts/mailbox-buttons.ts';
import type { NoMatchView } from './views.ts';

/** Nothing documented fits: says so, names the closest article without claiming it, and how to go on. */
export function noMatchCard(view: NoMatchView, t: Translator): AdaptiveCard {
  const { near, reason } = view;
  return fitCard(() =>
    compose(t, {
      summary: t(`card.no-match.${reason}.title`),
      body: [
        title(say(t, `card.no-match.${reason}.title`)),
        text(say(t, `card.no-match.${reason}.advice`), { spacing: 'small' }),
        near === null
          ? null
          : container([text(say(t, 'card.no-match.near', { title: near.title }))], {
              style: 'emphasis',
              spacing: 'medium',
            }),
        small(say(t, 'card.no-match.tip'), { spacing: 'medium' }),
        buttons([
          near === null ? null : topicButton(near.topic, t('card.button.show-article')),
          execute('help', t('card.button.help'), {}),
        ]),
      ],
    }),
  );
}
