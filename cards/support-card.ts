import type { Translator } from '../services/i18n/index.ts';
import type { AdaptiveCard } from './card.ts';
import { compose } from './compose.ts';
import { buttons, code, say, small, title } from './elements.ts';
import { fitCard } from './fit.ts';
import { mailboxButton } from './parts/mailbox-buttons.ts';
import { supportText } from './parts/support-text.ts';
import type { SupportView } from './support-views.ts';

/** Everything that somebody elsewhere asks for, as one text with Teams' copy button. */
export function supportCard(view: SupportView, t: Translator): AdaptiveCard {
  const mailbox = view.mailbox.name;
  return fitCard((detail) =>
    compose(t, {
      summary: t('card.support.title', { mailbox }),
      body: [
        title(say(t, 'card.support.title', { mailbox })),
        small(say(t, 'card.support.explain'), { isSubtle: false }),
        code(supportText(view, t, detail), 'PlainText'),
        buttons([mailboxButton(view, t)]),
      ],
    }),
  );
}
