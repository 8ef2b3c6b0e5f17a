import type { Translator } from '../services/i18n/index.ts';
import type { AdaptiveCard } from './card.ts';
import { compose } from './compose.ts';
import { buttons, say, small, text, title } from './elements.ts';
import { fitCard, listed } from './fit.ts';
import { ownAlertsButton } from './parts/alerts-button.ts';
import { mailboxRow } from './parts/mailbox-state.ts';
import { performanceLines } from './parts/performance-lines.ts';
import { whoDecidesText } from './parts/who-decides.ts';
import type { MailboxListView } from './views.ts';

/** Mailboxes, each with how it is and one tap away from its own card. */
export function mailboxListCard(view: MailboxListView, t: Translator): AdaptiveCard {
  const searched = view.searched ?? '';
  const empty = view.mailboxes.length === 0;
  const heading = { searched, count: view.mailboxes.length + view.more };
  return fitCard((detail) =>
    compose(t, {
      summary: t(`card.list.${view.title}`, heading),
      body: [
        title(say(t, `card.list.${view.title}`, heading)),
        text(say(t, empty ? `card.list.empty.${view.title}` : 'card.list.explain'), {
          spacing: 'small',
        }),
        view.whoDecides ? text(whoDecidesText(view.whoDecides, t), { spacing: 'small' }) : null,
        ...listed(t, view.mailboxes, detail.items, (mailbox) => mailboxRow(mailbox, t), view.more),
        view.performance ? performanceLines(view.performance, t) : null,
        view.title === 'mine' ? buttons([ownAlertsButton(t)]) : null,
        view.title === 'same-name' ? small(say(t, 'card.list.by-address')) : null,
      ],
    }),
  );
}
