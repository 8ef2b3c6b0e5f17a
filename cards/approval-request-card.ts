import { carriedAddress } from '../services/domain/mailbox.ts';
import type { Translator } from '../services/i18n/index.ts';
import type { AdaptiveCard, CardElement } from './card.ts';
import { compose } from './compose.ts';
import { bold, buttons, container, facts, joined, say, text, title } from './elements.ts';
import { fitCard } from './fit.ts';
import { decisionButtons } from './parts/decision-buttons.ts';
import { mailboxButton, testButton } from './parts/mailbox-buttons.ts';
import { insecureLine } from './parts/mailbox-state.ts';
import { replicaNote } from './parts/replica-note.ts';
import { whoDecidesText } from './parts/who-decides.ts';
import { plain } from './text.ts';
import type { ApprovalRequestView } from './views.ts';

const STYLES = {
  pending: 'accent',
  approved: 'emphasis',
  applied: 'good',
  rejected: 'attention',
} as const;

/** Somebody asks that an address be approved; the same card shows the decision afterwards. */
export function approvalRequestCard(view: ApprovalRequestView, t: Translator): AdaptiveCard {
  const { request, mailbox, requestedByName } = view;
  const names = { mailbox: mailbox.mailbox.name, name: requestedByName };
  return fitCard(() =>
    compose(t, {
      summary: t(`card.request.${request.state}.summary`, names),
      body: [
        title(say(t, 'card.request.title')),
        container(
          [
            text(bold(say(t, `card.request.${request.state}.title`)), { spacing: 'none' }),
            text(stateText(view, t), { spacing: 'none' }),
            view.whoDecides === null
              ? null
              : text(whoDecidesText(view.whoDecides, t), { spacing: 'none' }),
          ],
          { style: STYLES[request.state], spacing: 'medium' },
        ),
        facts([
          [say(t, 'card.fact.mailbox'), plain(mailbox.mailbox.name, 120)],
          [say(t, 'card.fact.address'), plain(mailbox.mailbox.address, 150)],
          mailbox.profile === null
            ? null
            : [
                say(t, 'card.fact.profile'),
                joined([
                  plain(mailbox.profile.name, 100),
                  say(t, `card.server.${mailbox.profile.serverType}`),
                ]),
              ],
          mailbox.profile?.replica === true
            ? [say(t, 'card.fact.replica'), plain(replicaNote(mailbox.profile, t))]
            : null,
          [
            say(t, 'card.fact.requested'),
            joined([plain(requestedByName, 100), plain(t.dateTime(request.requestedAt))]),
          ],
          request.reason.trim() === ''
            ? null
            : [say(t, 'card.fact.reason'), plain(request.reason, 500)],
        ]),
        insecureLine(mailbox, t),
        actions(view, t),
      ],
    }),
  );
}

function stateText(view: ApprovalRequestView, t: Translator) {
  const { request } = view;
  if (request.state === 'pending') {
    return say(t, view.mayDecide ? 'card.request.decide' : 'card.request.waiting');
  }
  return joined(
    [
      say(t, `card.request.${request.state}.explain`),
      say(t, 'card.request.decided', {
        name: view.decidedByName ?? t('card.somebody'),
        when: t.dateTime(request.decidedAt),
      }),
    ],
    ' ',
  );
}

function actions(view: ApprovalRequestView, t: Translator): CardElement | null {
  const { request, mailbox } = view;
  if (request.state === 'pending' && view.mayDecide) {
    return buttons([
      ...decisionButtons(request, carriedAddress(mailbox.mailbox), t),
      mailboxButton(mailbox, t),
    ]);
  }
  const test = request.state === 'applied' ? testButton(mailbox, t) : null;
  return buttons([test, mailboxButton(mailbox, t)]);
}
