import { letsGo } from '../services/domain/mailbox.ts';
import type { Translator } from '../services/i18n/index.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard } from './card.ts';
import { compose } from './compose.ts';
import { buttons, container, facts, say, small, text, title } from './elements.ts';
import { fitCard } from './fit.ts';
import { mailboxButton } from './parts/mailbox-buttons.ts';
import { insecureLine, releaseWarning } from './parts/mailbox-state.ts';
import { plain } from './text.ts';
import type { MarkPrimaryView } from './views.ts';

/** Asks once more before another organization loses its Exchange mailbox. */
export function markPrimaryCard(view: MarkPrimaryView, t: Translator): AdaptiveCard {
  const { mailbox, organizationName, otherName } = view;
  const { id, name, address, version } = mailbox.mailbox;
  const heading = { mailbox: name };
  const other = otherName ?? t('card.primary.another');
  return fitCard(() =>
    compose(t, {
      summary: t('card.primary.title', heading),
      body: [
        title(say(t, 'card.primary.title', heading)),
        small(plain(address, 150), { spacing: 'none' }),
        insecureLine(view.mailbox, t),
        container([text(say(t, 'card.primary.other-stops', { other }), { spacing: 'none' })], {
          style: 'warning',
          spacing: 'medium',
        }),
        facts([
          organizationName === null
            ? null
            : [say(t, 'card.primary.this-organization'), plain(organizationName, 100)],
          otherName === null
            ? null
            : [say(t, 'card.primary.other-organization'), plain(otherName, 100)],
        ]),
        text(say(t, 'card.primary.what'), { spacing: 'small' }),
        releaseWarning(mailbox, t),
        buttons([
          mailbox.allowed.testAndEnable
            ? execute(
                'mark-primary',
                t('card.button.mark-primary-now'),
                {
                  mailboxId: id,
                  pressKey: `${id}:${version}:mark-primary`,
                  letGo: letsGo(mailbox.mailbox),
                },
                { style: 'destructive' },
              )
            : null,
          mailboxButton(mailbox, t),
        ]),
      ],
    }),
  );
}
