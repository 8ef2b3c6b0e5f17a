import type { PendingReason } from '../services/domain/outgoing-message.ts';
import type { Translator } from '../services/i18n/index.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard } from './card.ts';
import { compose } from './compose.ts';
import { bold, buttons, container, say, small, text, title } from './elements.ts';
import { fitCard, listed } from './fit.ts';
import {
  approveButton,
  mailboxButton,
  testButton,
  waitingButton,
} from './parts/mailbox-buttons.ts';
import { insecureLine, releaseWarning } from './parts/mailbox-state.ts';
import { plain, tidy } from './text.ts';
import type { OutboxView } from './views.ts';

/** What is Pending Send, and why. One reason shared by all messages is said once, at the top. */
export function outboxCard(view: OutboxView, t: Translator): AdaptiveCard {
  const { mailbox, messages } = view;
  const count = view.skipped + messages.length + view.more;
  const day = view.day === null ? '' : t.day(view.day);
  const heading = { mailbox: mailbox.mailbox.name, count, day };
  const headline = view.day === null ? 'card.outbox.title' : 'card.outbox.title-of-day';
  const reasons = [...new Set(messages.map(({ why }) => why))];
  const [shared] = reasons;
  const warning = releaseWarning(mailbox, t);
  return fitCard((detail) =>
    compose(t, {
      summary: t(headline, heading),
      body: [
        title(say(t, headline, heading)),
        insecureLine(mailbox, t),
        count === 0 ? text(say(t, 'card.outbox.empty'), { spacing: 'small' }) : null,
        shared !== undefined && reasons.length === 1
          ? container(
              [
                text(bold(say(t, `card.why.${shared}.title`)), { spacing: 'none' }),
                text(say(t, `card.why.${shared}.advice`), { spacing: 'none' }),
                nextAttempt(view, shared, t),
              ],
              { style: shared === 'next-cycle' ? 'good' : 'warning', spacing: 'medium' },
            )
          : null,
        ...listed(
          t,
          messages,
          detail.items,
          ({ message, why }) =>
            container(
              [
                text(
                  bold(
                    plain(
                      message.subject.trim() === '' ? t('card.outbox.no-subject') : message.subject,
                      120,
                    ),
                  ),
                  {
                    spacing: 'none',
                  },
                ),
                small(
                  say(t, 'card.outbox.message', {
                    to: recipients(message.to, t),
                    when: t.dateTime(message.submittedAt),
                    attempts: message.attempts,
                  }),
                  { spacing: 'none' },
                ),
                ...(reasons.length === 1
                  ? []
                  : [
                      small(say(t, `card.why.${why}.title`), { isSubtle: false }),
                      nextAttempt(view, why, t),
                    ]),
              ],
              { spacing: 'medium' },
            ),
          view.more,
        ),
        view.skipped === 0
          ? null
          : small(say(t, 'card.outbox.skipped', { count: view.skipped }), { spacing: 'medium' }),
        warning,
        buttons([
          view.more === 0 ? null : nextButton(view, t),
          // The warning leads there, too.
          count === 0 || warning !== null ? null : waitingButton(mailbox, t),
          count === 0 ? null : testButton(mailbox, t),
          count === 0 ? null : approveButton(mailbox, t),
          mailboxButton(mailbox, t),
        ]),
      ],
    }),
  );
}

function nextButton({ mailbox, day, skipped, messages, more }: OutboxView, t: Translator) {
  return execute('show-outbox', t('card.button.next-messages', { count: more }), {
    mailboxId: mailbox.mailbox.id,
    ...(day === null ? {} : { ofDay: day }),
    skip: skipped + messages.length,
  });
}

/** When the server is tried next; a disabled direction is only looked at. */
function nextAttempt({ mailbox }: OutboxView, why: PendingReason, t: Translator) {
  const { nextAttemptAt } = mailbox.mailbox.directions.outgoing;
  if (nextAttemptAt === null || why !== 'retrying') return null;
  return small(say(t, 'card.outbox.next-attempt', { time: t.time(nextAttemptAt) }), {
    isSubtle: false,
    spacing: 'none',
  });
}

const MOST_RECIPIENTS = 3;

function recipients(to: readonly string[], t: Translator): string {
  const shown = to.slice(0, MOST_RECIPIENTS).map((address) => tidy(address, 80));
  const more = to.length - shown.length;
  return more === 0 ? t.list(shown) : `${shown.join(', ')} +${more}`;
}
