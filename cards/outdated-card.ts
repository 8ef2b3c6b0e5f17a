import type { Translator } from '../services/i18n/index.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard } from './card.ts';
import { compose } from './compose.ts';
import { buttons, say, text, title } from './elements.ts';
import { fitCard } from './fit.ts';
import type { OutdatedView } from './views.ts';

/** A button of a card that no longer fits: nothing was done, and where to go instead. */
export function outdatedCard(view: OutdatedView, t: Translator): AdaptiveCard {
  const { mailboxId } = view;
  return fitCard(() =>
    compose(t, {
      summary: t('card.outdated.title'),
      body: [
        title(say(t, 'card.outdated.title')),
        text(say(t, 'card.outdated.explain'), { spacing: 'small' }),
        buttons([
          mailboxId === null
            ? execute('help', t('card.button.help'), {})
            : execute('show-mailbox', t('card.button.current'), { mailboxId }),
        ]),
      ],
    }),
  );
}
