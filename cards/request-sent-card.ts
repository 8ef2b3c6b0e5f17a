import type { Translator } from '../services/i18n/index.ts';
import type { AdaptiveCard } from './card.ts';
import { compose } from './compose.ts';
import { say, small, text, title } from './elements.ts';
import { fitCard } from './fit.ts';
import { tidy } from './text.ts';
import type { RequestSentView } from './views.ts';

const MOST_NAMES = 8;

export function requestSentCard(view: RequestSentView, t: Translator): AdaptiveCard {
  const { mailboxName, askedNames, alreadyAsked } = view;
  const heading = alreadyAsked ? t('card.sent.already') : t('card.sent.title');
  const names = t.list(askedNames.slice(0, MOST_NAMES).map((name) => tidy(name, 100)));
  return fitCard(() =>
    compose(t, {
      summary: heading,
      body: [
        title(say(t, alreadyAsked ? 'card.sent.already' : 'card.sent.title')),
        text(
          askedNames.length === 0
            ? say(t, 'card.sent.nobody', { mailbox: mailboxName })
            : say(t, 'card.sent.asked', { mailbox: mailboxName, names }),
          { spacing: 'small' },
        ),
        askedNames.length === 0 ? null : small(say(t, 'card.sent.follows')),
      ],
    }),
  );
}
