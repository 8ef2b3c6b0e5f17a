import type { Translator } from '../services/i18n/index.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard, CardElement } from './card.ts';
import { compose } from './compose.ts';
import type { AheadView } from './early-warning-views.ts';
import { buttons, container, joined, row, say, section, small, text, title } from './elements.ts';
import { type Detail, fitCard, listed } from './fit.ts';
import type { FailedItemsView } from './item-views.ts';
import { mailboxAlertsButton } from './parts/alerts-button.ts';
import { aheadLines } from './parts/early-warning-lines.ts';
import { failedItemsLines } from './parts/failed-items-lines.ts';
import { fixButton, profileRow } from './parts/fix-buttons.ts';
import {
  activateButton,
  approveButton,
  deactivateRow,
  outboxButton,
  testButton,
} from './parts/mailbox-buttons.ts';
import { directionRows, healthText, mailboxFacts, releaseWarning } from './parts/mailbox-state.ts';
import { rejectButton, rejectionBox } from './parts/rejection.ts';
import { setUpRow } from './parts/set-up-row.ts';
import { sightLines, verdictLines } from './parts/sight-lines.ts';
import { supportRow } from './parts/support-row.ts';
import { topicPayload } from './parts/topic-payload.ts';
import { markdown, plain } from './text.ts';
import type { MailboxView } from './views.ts';

/** A mailbox as it is now. */
export function mailboxCard(
  view: MailboxView,
  t: Translator,
  ahead: AheadView = { warnings: [], limits: [] },
  failed: readonly FailedItemsView[] = [],
): AdaptiveCard {
  const { mailbox } = view;
  return fitCard((detail) =>
    compose(t, {
      summary: t('card.mailbox.summary', {
        mailbox: mailbox.name,
        health: t(`card.health.${view.health}`),
      }),
      body: [
        title(plain(mailbox.name, 120)),
        small(joined([plain(mailbox.address, 150), say(t, `card.mailbox.${mailbox.kind}`)]), {
          spacing: 'none',
        }),
        container(
          [
            text(healthText(view, t), { weight: 'bolder', size: 'medium', spacing: 'none' }),
            text(say(t, `card.health-advice.${view.health}`), { spacing: 'none' }),
          ],
          { style: HEALTH_STYLE[view.health], spacing: 'medium' },
        ),
        ...rejectionBox(view, t),
        ...directionRows(view, t),
        ...verdictLines(view.sights ?? [], t),
        ...sightLines(view.sights ?? [], t),
        mailboxFacts(view, t),
        ...alerts(view, t, detail),
        ...failedItemsLines(failed, mailbox.id, t, detail),
        ...aheadLines(ahead, mailbox.id, t, detail),
        releaseWarning(view, t),
        view.allowed.testAndEnable && view.allowed.approvesItself
          ? small(say(t, 'card.mailbox.approves-itself'), { isSubtle: false })
          : null,
        buttons([
          activateButton(view, t),
          testButton(view, t),
          fixButton(view, t),
          approveButton(view, t),
          outboxButton(view, t),
          rejectButton(view, t),
          mailboxAlertsButton(view.mailbox.id, t),
        ]),
        profileRow(view, t),
        view.profile === null ? null : setUpRow(view.mailbox.id, t),
        supportRow(view, t),
        deactivateRow(view, t),
      ],
    }),
  );
}

const HEALTH_STYLE = {
  healthy: 'good',
  retrying: 'warning',
  disabled: 'attention',
  'not-enabled': 'emphasis',
  inactive: 'emphasis',
} as const;

function alerts(view: MailboxView, t: Translator, detail: Detail): readonly CardElement[] {
  if (view.openAlerts.length === 0) return [];
  return [
    section(say(t, 'card.mailbox.alerts', { count: view.openAlerts.length })),
    ...listed(t, view.openAlerts, detail.items, (alert) => {
      const name = view.alertTitles[alert.topic] ?? alert.topic;
      return container(
        [
          row(
            [text(markdown(alert.level === 'error' ? '⛔' : '⚠️'), { spacing: 'none' })],
            [
              text(markdown(name, 200), { color: 'accent', spacing: 'none' }),
              small(
                joined([
                  say(t, `card.level.${alert.level}`),
                  say(t, `card.direction.${alert.direction}`),
                  plain(t.dateTime(alert.raisedAt)),
                ]),
                { spacing: 'none' },
              ),
            ],
          ),
        ],
        {
          spacing: 'small',
          selectAction: execute(
            'show-topic',
            name,
            topicPayload(alert.topic, view.mailbox.id, alert.slots),
          ),
        },
      );
    }),
  ];
}
