import type { Translator } from '../services/i18n/index.ts';
import type { AdaptiveCard } from './card.ts';
import type { ChangeRefusedView } from './change-views.ts';
import { compose } from './compose.ts';
import { buttons, say, small, title } from './elements.ts';
import { fitCard } from './fit.ts';
import { troubleBox } from './parts/change-trouble.ts';
import { mailboxButton, topicButton } from './parts/mailbox-buttons.ts';

/** A change that is not made, why, and the article that explains it. */
export function changeRefusedCard(
  { mailbox, trouble }: ChangeRefusedView,
  t: Translator,
): AdaptiveCard {
  return fitCard(() =>
    compose(t, {
      summary: t('card.change.refused'),
      body: [
        title(say(t, 'card.change.refused')),
        troubleBox(trouble, t),
        small(say(t, 'card.denied.unchanged'), { spacing: 'medium' }),
        buttons([
          topicButton(trouble.article.topic, t('card.button.show-article'), mailbox.mailbox.id),
          mailboxButton(mailbox, t),
        ]),
      ],
    }),
  );
}
