import type { Translator } from '../services/i18n/index.ts';
import type { AdaptiveCard } from './card.ts';
import { compose } from './compose.ts';
import { buttons, container, facts, say, text, title } from './elements.ts';
import { fitCard } from './fit.ts';
import { approveButton, mailboxButton, testButton } from './parts/mailbox-buttons.ts';
import { plain } from './text.ts';
import type { AddressChangedView } from './views.ts';

/** Told unasked: the approval was given to another address, and somebody must give it again. */
export function addressChangedCard(view: AddressChangedView, t: Translator): AdaptiveCard {
  const { mailbox, formerAddress, address } = view;
  const heading = { mailbox: mailbox.mailbox.name };
  const { state } = mailbox.mailbox.approval;
  const now = state === 'approved' || state === 'rejected' ? state : 'waiting';
  return fitCard(() =>
    compose(t, {
      summary: t('card.address-changed.title', heading),
      body: [
        title(say(t, 'card.address-changed.title', heading)),
        facts([
          [say(t, 'card.fact.former-address'), plain(formerAddress, 150)],
          [say(t, 'card.fact.address'), plain(address, 150)],
          mailbox.ownerName === null
            ? null
            : [say(t, 'card.fact.owner'), plain(mailbox.ownerName, 100)],
        ]),
        container([text(say(t, `card.address-changed.${now}`), { spacing: 'none' })], {
          style: STYLES[now],
          spacing: 'medium',
        }),
        now === 'waiting' && mailbox.allowed.approvesItself
          ? text(say(t, 'card.mailbox.approves-itself'), { spacing: 'small' })
          : null,
        buttons([
          now === 'waiting' && !mailbox.allowed.approvesItself ? null : testButton(mailbox, t),
          approveButton(mailbox, t),
          mailboxButton(mailbox, t),
        ]),
      ],
    }),
  );
}

const STYLES = { approved: 'good', rejected: 'attention', waiting: 'warning' } as const;
