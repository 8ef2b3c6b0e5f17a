import type { Translator } from '../services/i18n/index.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard, CardElement } from './card.ts';
import { compose } from './compose.ts';
import { buttons, container, joined, row, say, section, small, text, title } from './elements.ts';
import { type Detail, fitCard, listed } from './fit.ts';
import { profileAlertsButton } from './parts/alerts-button.ts';
import { topicPayload } from './parts/topic-payload.ts';
import { markdown, plain } from './text.ts';
import type { AlertWallView } from './views.ts';

type Row = AlertWallView['rows'][number];

const ICONS = { error: '⛔', warning: '⚠️', information: 'ℹ️' } as const;
const LONGEST_WORDS = 400;

/** The alerts of a mailbox, a profile or a person: what holds, then what lately did. */
export function alertWallCard(view: AlertWallView, t: Translator): AdaptiveCard {
  const open = view.rows.filter((alert) => alert.open);
  const closed = view.rows.filter((alert) => !alert.open);
  const heading = t(`card.wall.${view.wall}`, { name: view.name ?? '' });
  return fitCard((detail) =>
    compose(t, {
      summary: heading,
      body: [
        title(say(t, `card.wall.${view.wall}`, { name: view.name ?? '' })),
        open.length === 0 ? text(say(t, 'card.wall.none-open'), { spacing: 'small' }) : null,
        ...rows(open, view, t, detail),
        ...(closed.length === 0
          ? []
          : [section(say(t, 'card.wall.recent')), ...rows(closed, view, t, detail)]),
        view.more ? small(say(t, 'card.wall.older')) : null,
        buttons([
          view.mailboxId === null
            ? null
            : execute('show-mailbox', t('card.button.show-mailbox'), { mailboxId: view.mailboxId }),
          view.profileId === null ? null : profileAlertsButton(view.profileId, t),
        ]),
      ],
    }),
  );
}

function rows(
  shown: readonly Row[],
  view: AlertWallView,
  t: Translator,
  detail: Detail,
): readonly CardElement[] {
  return listed(t, shown, detail.items, (each) => alertRow(each, view, t, detail));
}

function alertRow(
  { alert, open, title: name, words }: Row,
  view: AlertWallView,
  t: Translator,
  detail: Detail,
): CardElement {
  const { slots, affected } = alert;
  const about = [
    say(t, `card.level.${alert.level}`),
    view.wall === 'person' && alert.mailboxId !== null && slots.mailbox !== undefined
      ? plain(slots.mailbox, 100)
      : null,
    alert.scope === 'profile' && view.wall !== 'profile' && slots.profile !== undefined
      ? say(t, 'card.about.profile', { profile: slots.profile })
      : say(t, `card.scope.${alert.scope}`),
    affected === undefined ? say(t, `card.direction.${alert.direction}`) : null,
    affected === undefined || !open ? null : say(t, 'card.wall.affected', { count: affected }),
    plain(t.dateTime(alert.raisedAt)),
    open || alert.closedAt === null
      ? null
      : say(t, 'card.wall.closed', { when: t.dateTime(alert.closedAt) }),
  ];
  const acts = alert.scope === 'profile' && alert.mailboxId !== null && open;
  return container(
    [
      row(
        [text(markdown(ICONS[alert.level]), { spacing: 'none' })],
        [
          text(markdown(name, 200), { color: 'accent', spacing: 'none' }),
          small(joined(about), { spacing: 'none' }),
          words === null
            ? null
            : small(plain(words, Math.min(detail.text, LONGEST_WORDS)), { isSubtle: false }),
          acts ? small(say(t, 'card.wall.no-action'), { isSubtle: false }) : null,
        ],
      ),
    ],
    {
      spacing: 'small',
      selectAction: execute(
        'show-topic',
        name,
        topicPayload(alert.topic, alert.mailboxId, alert.slots),
      ),
    },
  );
}
