import type { Translator } from '../services/i18n/index.ts';
import type { AdaptiveCard } from './card.ts';
import { compose } from './compose.ts';
import { buttons, container, say, small, text, title } from './elements.ts';
import { fitCard } from './fit.ts';
import { approveButton, mailboxButton, testButton } from './parts/mailbox-buttons.ts';
import { insecureLine } from './parts/mailbox-state.ts';
import { rejectedBy, whatHelps } from './parts/rejection.ts';
import { plain } from './text.ts';
import type { MailboxView } from './views.ts';

/** Told to whose mailbox it is: their address was rejected, why, and what helps. */
export function rejectedAddressCard(view: MailboxView, t: Translator): AdaptiveCard {
  const { mailbox, rejection } = view;
  const heading = { mailbox: mailbox.name };
  return fitCard(() =>
    compose(t, {
      summary: t('card.rejection.title', heading),
      body: [
        title(say(t, 'card.rejection.title', heading)),
        small(plain(mailbox.address, 150), { spacing: 'none' }),
        insecureLine(view, t),
        rejection === null
          ? container(
              [text(say(t, `card.rejection.over-${sinceThen(view)}`), { spacing: 'none' })],
              {
                style: sinceThen(view) === 'approved' ? 'good' : 'emphasis',
                spacing: 'medium',
              },
            )
          : container([text(rejectedBy(rejection, t), { spacing: 'none' })], {
              style: 'attention',
              spacing: 'medium',
            }),
        rejection === null ? null : text(say(t, 'card.rejection.means'), { spacing: 'medium' }),
        rejection === null ? null : text(say(t, whatHelps(view)), { spacing: 'small' }),
        buttons([
          approveButton(view, t),
          rejection === null ? testButton(view, t) : null,
          mailboxButton(view, t),
        ]),
      ],
    }),
  );
}

function sinceThen({ mailbox }: MailboxView): 'approved' | 'pending' {
  return mailbox.approval.state === 'approved' ? 'approved' : 'pending';
}
