import type { Translator } from '../services/i18n/index.ts';
import type { AdaptiveCard, CardElement, ContainerStyle } from './card.ts';
import { compose } from './compose.ts';
import type { EarlyWarningView } from './early-warning-views.ts';
import {
  buttons,
  container,
  type Elements,
  type Fact,
  facts,
  joined,
  POINTER,
  say,
  section,
  small,
  text,
  title,
} from './elements.ts';
import { type Detail, fitCard, listed } from './fit.ts';
import { warningMoment, warningTitle } from './parts/early-warning-lines.ts';
import { mailboxButton, topicButton } from './parts/mailbox-buttons.ts';
import { mailboxRow } from './parts/mailbox-state.ts';
import { type CardText, markdown, plain, tidy } from './text.ts';

/** Told while everything works: what will fail and when, what happens then, and what to do first. */
export function earlyWarningCard(view: EarlyWarningView, t: Translator): AdaptiveCard {
  const { warning } = view;
  const heading = warningTitle(warning, t);
  const state = stateOf(view);
  return fitCard((detail) =>
    compose(t, {
      summary: t('card.early.summary', {
        state: t(`card.early.state.${state}`),
        title: heading,
        whose: whose(view, t),
      }),
      body: [
        small(plain(whose(view, t), 200), { spacing: 'none', isSubtle: false }),
        title(plain(heading, 200)),
        container(
          [
            text(markdown(`${LOOK[state].icon} **${t(`card.early.state.${state}`)}**`), {
              spacing: 'none',
            }),
            text(moment(view, t), { spacing: 'none' }),
          ],
          { style: LOOK[state].style, spacing: 'medium' },
        ),
        particulars(view, t),
        ...(state === 'ended' ? [] : whatToDo(view, t)),
        ...concerned(view, t, detail),
        actions(view, t),
      ],
    }),
  );
}

type State = 'ahead' | 'soon' | 'over' | 'ended';

const LOOK: Readonly<Record<State, { icon: string; style: ContainerStyle }>> = {
  ahead: { icon: '⏰', style: 'warning' },
  soon: { icon: '⚠️', style: 'attention' },
  over: { icon: '⛔', style: 'attention' },
  ended: { icon: '✅', style: 'good' },
};

function stateOf({ warning }: EarlyWarningView): State {
  if (warning.closedAt !== null) return 'ended';
  switch (warning.level) {
    case 'ahead':
    case 'month':
    case 'near':
      return 'ahead';
    case 'week':
    case 'day':
      return 'soon';
    case 'over':
    case 'reached':
      return 'over';
  }
}

function whose({ mailbox, profileNames, mailboxCount }: EarlyWarningView, t: Translator): string {
  if (mailbox !== null) return tidy(mailbox.mailbox.name, 100);
  const profile = t.list(profileNames.map((name) => tidy(name, 60)));
  return t('card.incident.profile', { profile, count: mailboxCount });
}

function moment({ warning }: EarlyWarningView, t: Translator): CardText {
  return warning.closedAt === null
    ? warningMoment(warning, t)
    : say(t, 'card.early.ended', { when: t.dateTime(warning.closedAt) });
}

function particulars(
  { warning: { trouble } }: EarlyWarningView,
  t: Translator,
): CardElement | null {
  const pairs: (Fact | null)[] = [];
  switch (trouble.kind) {
    case 'certificate-expires': {
      const { subject, issuer, host, port, validTo } = trouble.certificate;
      pairs.push(
        [say(t, 'card.evidence.endpoint'), plain(`${host}:${port}`, 150)],
        [say(t, 'card.evidence.certificate-subject'), plain(subject, 150)],
        [say(t, 'card.evidence.certificate-issuer'), plain(issuer, 150)],
        [say(t, 'card.evidence.certificate-valid-to'), plain(t.dateTime(validTo))],
      );
      break;
    }
    case 'secret-expires':
      pairs.push([say(t, 'card.fact.application'), plain(trouble.clientId, 100)]);
      break;
    case 'password-expires':
      pairs.push([say(t, 'card.evidence.user-name'), plain(trouble.userName, 150)]);
      break;
    case 'switch-off':
      pairs.push([say(t, 'card.evidence.endpoint'), plain(trouble.host, 150)]);
      break;
    default:
  }
  return facts(pairs, { spacing: 'small' });
}

function whatToDo({ warning }: EarlyWarningView, t: Translator): Elements {
  const { trouble, level } = warning;
  const [then, remedy] =
    trouble.kind === 'switch-off'
      ? [
          say(t, `card.switch-off.${trouble.switchOff}.then`),
          say(t, `card.switch-off.${trouble.switchOff}.do`),
        ]
      : trouble.kind === 'limit-near'
        ? [
            say(t, `card.limit.${trouble.use.limit}.then`),
            say(
              t,
              trouble.use.limit === 'received-per-hour'
                ? 'card.early.do.received-per-hour'
                : 'card.early.do.limit-near',
            ),
          ]
        : [
            trouble.kind === 'quota-near' || level !== 'over'
              ? say(t, `card.early.then.${trouble.kind}`)
              : say(t, `card.early.since.${trouble.kind}`),
            say(t, `card.early.do.${trouble.kind}`),
          ];
  return [
    text(then, { spacing: 'medium' }),
    section(say(t, 'card.incident.you-must-act')),
    text(joined([markdown(POINTER), remedy], ' '), { spacing: 'small' }),
  ];
}

function concerned(view: EarlyWarningView, t: Translator, detail: Detail): Elements {
  const { mailbox, mailboxes, mailboxCount } = view;
  if (mailbox !== null || mailboxes.length === 0) return [];
  return [
    section(say(t, 'card.early.concerned', { count: mailboxCount })),
    ...listed(
      t,
      mailboxes,
      Math.min(detail.items, 5),
      (one) => mailboxRow(one, t),
      Math.max(0, mailboxCount - mailboxes.length),
    ),
  ];
}

function actions({ warning, mailbox }: EarlyWarningView, t: Translator): CardElement | null {
  return buttons([
    topicButton(warning.topic, t('card.button.show-article'), mailbox?.mailbox.id),
    mailbox === null ? null : mailboxButton(mailbox, t),
  ]);
}
