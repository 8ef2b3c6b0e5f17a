import type { Translator } from '../services/i18n/index.ts';
import type { AdaptiveCard } from './card.ts';
import { compose } from './compose.ts';
import { buttons, say, small, text, title } from './elements.ts';
import { fitCard } from './fit.ts';
import { requestButton } from './parts/mailbox-buttons.ts';
import { tidy } from './text.ts';
import type { DeniedView } from './views.ts';

const MOST_NAMES = 5;

/** A polite no: why, that nothing changed, who may, and the way to ask them. */
export function deniedCard(view: DeniedView, t: Translator): AdaptiveCard {
  const { mailboxId, mailboxName, mailboxVersion, whoMay } = view;
  const names = t.list(whoMay.slice(0, MOST_NAMES).map((name) => tidy(name, 100)));
  return fitCard(() =>
    compose(t, {
      summary: t('card.denied.title'),
      body: [
        title(say(t, 'card.denied.title')),
        text(say(t, `card.denied.${view.reason}`, { mailbox: mailboxName }), { spacing: 'small' }),
        whoMay.length === 0
          ? null
          : text(say(t, 'card.denied.who-may', { names, count: whoMay.length }), {
              spacing: 'medium',
            }),
        small(say(t, 'card.denied.unchanged'), { spacing: 'medium' }),
        view.canRequest
          ? buttons([
              requestButton(
                mailboxId,
                mailboxName,
                `${mailboxId}:${mailboxVersion}:request-approval`,
                t,
              ),
            ])
          : null,
      ],
    }),
  );
}
