import type { Translator } from '../services/i18n/index.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard } from './card.ts';
import { compose } from './compose.ts';
import { bold, container, joined, POINTER, row, say, small, text, title } from './elements.ts';
import { fitCard, listed, paragraph } from './fit.ts';
import { healthText, unencrypted } from './parts/mailbox-state.ts';
import { topicPayload } from './parts/topic-payload.ts';
import { markdown, plain } from './text.ts';
import type { AlertView, SeveralAlertsView } from './views.ts';

/** One paste, several alerts: what they are, in the order of the paste, each one tap away. */
export function severalAlertsCard(view: SeveralAlertsView, t: Translator): AdaptiveCard {
  const count = view.alerts.length;
  return fitCard((detail) =>
    compose(t, {
      summary: t('card.several.title', { count }),
      body: [
        title(say(t, 'card.several.title', { count })),
        text(say(t, 'card.several.explain'), { spacing: 'small' }),
        ...listed(t, view.alerts, detail.items, (alert, index) => {
          // Without live state, the first step that holds for every mailbox.
          const now =
            alert.steps.find((step) => step.now) ??
            alert.steps.find(({ step }) => step.when === 'always') ??
            alert.steps[0];
          return container(
            [
              row(
                [text(bold(markdown(`${index + 1}.`)), { spacing: 'none' })],
                [
                  text(markdown(alert.article.title[t.language], 200), {
                    weight: 'bolder',
                    color: 'accent',
                    spacing: 'none',
                  }),
                  small(named(alert, t), { spacing: 'none' }),
                  now === undefined
                    ? null
                    : text(
                        markdown(
                          `${POINTER} ${paragraph(now.step.text[t.language], { ...detail, text: 240 })}`,
                        ),
                        {
                          spacing: 'small',
                        },
                      ),
                ],
              ),
            ],
            {
              style: 'emphasis',
              spacing: 'medium',
              selectAction: execute(
                'show-topic',
                alert.article.title[t.language],
                topicPayload(alert.article.id, alert.mailbox?.mailbox.id ?? null, alert.slots),
              ),
            },
          );
        }),
      ],
    }),
  );
}

function named(alert: AlertView, t: Translator) {
  const { mailbox, profile } = alert.slots;
  return joined([
    say(t, `card.level.${alert.article.level}`),
    mailbox === undefined ? null : plain(mailbox, 100),
    profile === undefined ? null : say(t, 'card.about.profile', { profile }),
    alert.mailbox === null ? null : healthText(alert.mailbox, t),
    alert.mailbox !== null && unencrypted(alert.mailbox) ? say(t, 'card.unencrypted-short') : null,
  ]);
}
