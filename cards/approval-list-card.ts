import { carriedAddress } from '../services/domain/mailbox.ts';
import type { Translator } from '../services/i18n/index.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard, CardElement } from './card.ts';
import { compose } from './compose.ts';
import { bold, buttons, container, joined, say, small, text, title } from './elements.ts';
import { fitCard, listed } from './fit.ts';
import { decisionButtons } from './parts/decision-buttons.ts';
import { insecureLine } from './parts/mailbox-state.ts';
import { whoDecidesText } from './parts/who-decides.ts';
import { plain } from './text.ts';
import type { ApprovalListView, ApprovalRequestView } from './views.ts';

/** Requests that wait, oldest first as the view brings them; a tap opens the mailbox. */
export function approvalListCard(view: ApprovalListView, t: Translator): AdaptiveCard {
  const count = view.requests.length + view.more;
  return fitCard((detail) =>
    compose(t, {
      summary: t('card.approvals.title', { count }),
      body: [
        title(say(t, 'card.approvals.title', { count })),
        text(say(t, count === 0 ? 'card.approvals.empty' : 'card.approvals.explain'), {
          spacing: 'small',
        }),
        ...listed(
          t,
          view.requests,
          detail.items,
          (request, index) => requestRow(request, index < DECIDED_HERE, t),
          view.more,
        ),
      ],
    }),
  );
}

/** Two buttons each: a card carries six. The others are decided from the request's own card. */
const DECIDED_HERE = 3;

function requestRow(view: ApprovalRequestView, decidedHere: boolean, t: Translator): CardElement {
  const { request, mailbox, requestedByName } = view;
  const { id, name, address } = mailbox.mailbox;
  const when = t.dateTime(request.requestedAt);
  const open = decidedHere && view.mayDecide && request.state === 'pending';
  const decisions = open
    ? buttons(decisionButtons(request, carriedAddress(mailbox.mailbox), t))
    : null;
  return container(
    [
      text(joined([bold(plain(name, 100)), plain(address, 150)]), { spacing: 'none' }),
      small(say(t, 'card.request.asked-by', { name: requestedByName, when }), { spacing: 'none' }),
      request.reason.trim() === '' ? null : small(plain(request.reason, 160), { isSubtle: false }),
      insecureLine(mailbox, t),
      decisions ?? small(say(t, `card.request.${request.state}.title`), { isSubtle: false }),
      view.whoDecides === null ? null : small(whoDecidesText(view.whoDecides, t)),
    ],
    {
      style: 'emphasis',
      spacing: 'small',
      // A row with buttons of its own is no button itself.
      ...(open ? {} : { selectAction: execute('show-mailbox', name, { mailboxId: id }) }),
    },
  );
}
