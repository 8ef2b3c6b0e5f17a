import type { Translator } from '../services/i18n/index.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard } from './card.ts';
import { compose } from './compose.ts';
import { buttons, container, joined, say, section, small, text, title } from './elements.ts';
import { fitCard } from './fit.ts';
import { profileAlertsButton } from './parts/alerts-button.ts';
import { topicPayload } from './parts/topic-payload.ts';
import { markdown, plain } from './text.ts';
import type { ProfileOutageView } from './views.ts';

/** To the owner of a profile, or who stands in for a missing one, once: over half of its mailboxes fail. */
export function profileOutageCard(view: ProfileOutageView, t: Translator): AdaptiveCard {
  const { outage, profileName, conditions, someDisabled, shownThrough, toldAs } = view;
  const { failing, mailboxes, since, endedAt } = outage;
  const heading = { profile: profileName };
  const over = endedAt !== null;
  const headline = headlineOf(view);
  return fitCard(() =>
    compose(t, {
      summary: t(headline, heading),
      body: [
        title(say(t, headline, heading)),
        container(
          [
            text(say(t, 'card.outage.count', { failing, mailboxes, when: t.dateTime(since) }), {
              spacing: 'none',
            }),
            over
              ? text(say(t, 'card.outage.ended', { when: t.dateTime(endedAt) }), {
                  spacing: 'none',
                })
              : null,
          ],
          { style: over ? (someDisabled ? 'warning' : 'good') : 'attention', spacing: 'medium' },
        ),
        over || conditions.length === 0 ? null : section(say(t, 'card.outage.why')),
        ...(over
          ? []
          : conditions.map(({ alert, title: name }) =>
              container(
                [
                  text(markdown(name, 200), { color: 'accent', spacing: 'none' }),
                  small(
                    joined([
                      say(t, `card.level.${alert.level}`),
                      say(t, 'card.wall.affected', { count: alert.affected ?? 0 }),
                      plain(t.dateTime(alert.raisedAt)),
                    ]),
                    { spacing: 'none' },
                  ),
                ],
                {
                  spacing: 'small',
                  selectAction: execute(
                    'show-topic',
                    name,
                    topicPayload(alert.topic, null, alert.slots),
                  ),
                },
              ),
            )),
        over || toldAs === null
          ? null
          : small(say(t, `card.outage.told-as-${toldAs}`), { isSubtle: false }),
        buttons([
          shownThrough === null
            ? null
            : execute('show-profile', t('card.profile.show'), { mailboxId: shownThrough }),
          profileAlertsButton(outage.profileId, t),
        ]),
      ],
    }),
  );
}

/** What was disabled is not better by itself: it waits for somebody. */
function headlineOf({ outage, someDisabled }: ProfileOutageView) {
  if (outage.endedAt === null) return 'card.outage.title' as const;
  return someDisabled ? ('card.outage.over-but-disabled' as const) : ('card.outage.over' as const);
}
