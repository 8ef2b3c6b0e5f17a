import { MAX_RETRIES } from '../services/domain/failure-policy.ts';
import type { Translator } from '../services/i18n/index.ts';
import type { AdaptiveCard, CardElement, ContainerStyle } from './card.ts';
import { compose } from './compose.ts';
import {
  bold,
  buttons,
  container,
  disclosure,
  type Elements,
  joined,
  POINTER,
  say,
  section,
  small,
  text,
  title,
} from './elements.ts';
import { type Detail, fitCard, listed } from './fit.ts';
import { buttonsAndRows } from './parts/action-rows.ts';
import { type Afterwards, advice } from './parts/advice.ts';
import { profileAlertsButton } from './parts/alerts-button.ts';
import { awaited } from './parts/awaited.ts';
import { fixButton } from './parts/fix-buttons.ts';
import { hintLines } from './parts/hint-lines.ts';
import {
  approveButton,
  mailboxButton,
  markPrimaryButton,
  outboxButton,
  testButton,
  topicButton,
} from './parts/mailbox-buttons.ts';
import { insecureLine, mailboxRow, releaseWarning } from './parts/mailbox-state.ts';
import { sightLines } from './parts/sight-lines.ts';
import { evidenceLines } from './parts/stage-list.ts';
import { type CardText, markdown, plain, tidy } from './text.ts';
import type { IncidentView } from './views.ts';

/** Names in the headline; the list below has them all. */
const OWN_NAMES = 2;

type State = IncidentView['incident']['state'];

const LOOK: Readonly<Record<State, { icon: string; style: ContainerStyle }>> = {
  confirming: { icon: '🔎', style: 'emphasis' },
  retrying: { icon: '⏳', style: 'warning' },
  disabled: { icon: '⛔', style: 'attention' },
  'answers-again': { icon: '🔔', style: 'accent' },
  closed: { icon: '✅', style: 'good' },
};

/** Told unasked: what stopped, whether the reader must act, and how it goes on. Redrawn as it changes. */
export function incidentCard(view: IncidentView, t: Translator): AdaptiveCard {
  const { incident, article } = view;
  const heading = article.title[t.language];
  const state = say(t, stateKey(view));
  return fitCard((detail) =>
    compose(t, {
      summary: t('card.incident.summary', {
        state: t(stateKey(view)),
        what: subject(view, t),
        title: heading,
      }),
      body: [
        small(
          joined([
            bold(plain(subject(view, t), 150)),
            say(t, `card.direction.${incident.direction}`),
          ]),
          { spacing: 'none', isSubtle: false },
        ),
        title(markdown(heading, 200)),
        container(
          [
            text(markdown(`${LOOK[incident.state].icon} **${state}**`), { spacing: 'none' }),
            text(progress(view, t), { spacing: 'none' }),
          ],
          { style: LOOK[incident.state].style, spacing: 'medium' },
        ),
        insecureLines(view, t),
        ...whatToDo(view, t, detail),
        pending(view, t),
        ...affected(view, t, detail),
        ...story(view, t, detail),
        ...actions(view, t),
      ],
    }),
  );
}

/** It ended because nobody asks for it any more, which is not the same as working. */
function isGivenUp({ incident }: IncidentView): boolean {
  return incident.state === 'closed' && incident.steps.at(-1)?.kind === 'given-up';
}

function stateKey(view: IncidentView) {
  return isGivenUp(view)
    ? ('card.incident.given-up' as const)
    : (`card.incident.${view.incident.state}` as const);
}

function subject(view: IncidentView, t: Translator): string {
  const [only] = view.mailboxes;
  if (view.audience === 'informed' && only !== undefined) return ownMailboxes(view, t);
  if (view.incident.scope === 'profile' && view.profileName !== null) {
    return t('card.incident.profile', { profile: view.profileName, count: view.mailboxCount });
  }
  return only?.mailbox.name ?? t('card.incident.mailboxes', { count: view.mailboxCount });
}

/** Who only suffers knows their mailbox; the name of the profile may mean nothing to them. */
function ownMailboxes(
  { mailboxes, mailboxCount, profileName }: IncidentView,
  t: Translator,
): string {
  const names = mailboxes.slice(0, OWN_NAMES).map(({ mailbox }) => tidy(mailbox.name, 60));
  const more = mailboxCount - names.length;
  const own = t.list(more === 0 ? names : [...names, t('card.incident.more-own', { count: more })]);
  return profileName === null ? own : `${own} · ${tidy(profileName, 60)}`;
}

function progress(view: IncidentView, t: Translator): CardText {
  const { incident, disablesAt } = view;
  const next = incident.nextAttemptAt;
  switch (incident.state) {
    case 'confirming':
      return next === null
        ? say(t, 'card.condition.confirming')
        : say(t, 'card.incident.confirming-next', { time: t.time(next) });
    case 'retrying':
      return joined(
        [
          incident.attempt === 0
            ? say(t, 'card.incident.retried')
            : say(t, 'card.incident.attempt', { attempt: incident.attempt, most: MAX_RETRIES }),
          next === null ? null : say(t, 'card.incident.next', { time: t.time(next) }),
          disablesAt === null
            ? null
            : say(t, 'card.incident.disables', { time: t.time(disablesAt) }),
        ],
        ' ',
      );
    case 'disabled':
      return say(t, `card.incident.disabled-${awaited(incident.failure.reason)}`);
    case 'answers-again':
      return say(t, 'card.incident.answers-again-explain');
    case 'closed':
      if (isGivenUp(view)) return say(t, 'card.incident.given-up-explain');
      return incident.closedAt === null
        ? say(t, 'card.incident.closed-explain')
        : say(t, 'card.incident.closed-at', { when: t.dateTime(incident.closedAt) });
  }
}

function whatToDo(view: IncidentView, t: Translator, detail: Detail): Elements {
  const { incident, audience } = view;
  if (incident.state === 'closed') return [];
  if (audience === 'informed') {
    return [
      text(
        view.responsibleName === null
          ? say(t, 'card.incident.informed')
          : say(t, 'card.incident.informed-by', { name: view.responsibleName }),
        { spacing: 'medium' },
      ),
    ];
  }
  return [
    text(say(t, `card.reason.${incident.failure.reason}`), { spacing: 'medium' }),
    ...sightLines(view.mailboxes[0]?.sights ?? [], t),
    section(say(t, 'card.incident.you-must-act')),
    text(markdown(`${POINTER} ${nextStep(view, t)}`), { spacing: 'small' }),
    ...hintLines(incident.failure.evidence, t),
    ...disclosure('evidence', { show: t('card.evidence.show'), hide: t('card.evidence.hide') }, [
      small(
        joined([say(t, 'card.fact.stage'), say(t, `card.stage.${incident.failure.stage}`)], ': '),
        { isSubtle: false, spacing: 'none' },
      ),
      ...evidenceLines(incident.failure.evidence, t, detail.evidence),
    ]),
  ];
}

/** Goes by the incident as a whole, as its headline does: single directions may be elsewhere already. */
function nextStep(view: IncidentView, t: Translator): CardText {
  const { incident, mailboxes, mailboxCount } = view;
  if (incident.state === 'answers-again') {
    return say(t, 'card.incident.press-test', { count: mailboxCount });
  }
  return advice(
    {
      reason: incident.failure.reason,
      direction: incident.direction,
      profile: mailboxes[0]?.profile ?? null,
      afterwards: afterwards(view),
      mailboxCount,
    },
    t,
  );
}

function afterwards({ incident, mailboxes }: IncidentView): Afterwards {
  if (incident.state === 'confirming' || incident.state === 'retrying') return 'wait';
  return mailboxes.some(({ allowed }) => allowed.testAndEnable) ? 'test' : 'ask';
}

/** Where several are affected, each row of theirs says it. */
function insecureLines(
  { mailboxes, mailboxCount }: IncidentView,
  t: Translator,
): CardElement | null {
  const [only] = mailboxes;
  return only === undefined || mailboxCount > 1 ? null : insecureLine(only, t);
}

function pending(view: IncidentView, t: Translator): CardElement | null {
  const { incident, pendingSend, mailboxes } = view;
  if (pendingSend === 0 || incident.direction !== 'outgoing' || incident.state === 'closed') {
    return null;
  }
  const [only] = mailboxes;
  const warning = only !== undefined && mailboxes.length === 1 ? releaseWarning(only, t) : null;
  return (
    warning ?? small(say(t, 'card.incident.pending', { count: pendingSend }), { isSubtle: false })
  );
}

function affected(view: IncidentView, t: Translator, detail: Detail): Elements {
  const { incident, audience } = view;
  if (view.mailboxCount < 2) return [];
  // The totals count mailboxes that an owner of one of them may not know of.
  const states = audience === 'must-act' ? memberStates(incident, t) : null;
  return [
    section(say(t, 'card.incident.affected', { count: view.mailboxCount })),
    states === null ? null : small(states, { isSubtle: false }),
    ...listed(
      t,
      view.mailboxes,
      Math.min(detail.items, 8),
      (mailbox) => mailboxRow(mailbox, t),
      Math.max(0, view.mailboxCount - view.mailboxes.length),
    ),
  ];
}

const MEMBER_STATES = ['disabled', 'retrying', 'confirming', 'answers-again', 'well'] as const;

/** `Directions: 205 disabled · 9 working again`; a mailbox counts once for each direction. */
function memberStates({ counts }: IncidentView['incident'], t: Translator): CardText | null {
  const states = MEMBER_STATES.filter((state) => counts[state] > 0).map((state) =>
    say(t, `card.member.${state}`, { count: counts[state] }),
  );
  return states.length === 0
    ? null
    : joined([say(t, 'card.incident.directions'), joined(states)], ': ');
}

/** The newest lines of the story, oldest first. */
function story(view: IncidentView, t: Translator, detail: Detail): Elements {
  const steps = view.incident.steps.slice(-Math.min(detail.items, 12));
  if (steps.length < 2) return [];
  const lines = steps.map((step) =>
    text(
      joined(
        [
          bold(plain(t.time(step.at))),
          step.attempt === null
            ? say(t, `card.story.${step.kind}`)
            : say(t, 'card.story.attempt', { attempt: step.attempt, most: MAX_RETRIES }),
        ],
        '  ',
      ),
      { size: 'small', spacing: 'none' },
    ),
  );
  return disclosure('story', { show: t('card.story.show'), hide: t('card.story.hide') }, lines);
}

function actions(view: IncidentView, t: Translator): Elements {
  const { incident, article, audience, mailboxes } = view;
  const [only] = mailboxes.length === 1 ? mailboxes : [];
  const topic = topicButton(article.id, t('card.button.show-steps'), only?.mailbox.id);
  const open = incident.state !== 'closed' && audience === 'must-act';
  const [first] = mailboxes;
  const fix = open && first !== undefined ? fixButton(first, t) : null;
  const { profileId } = incident;
  const ofProfile =
    incident.scope === 'profile' && audience === 'must-act' && profileId !== null
      ? profileAlertsButton(profileId, t)
      : null;
  // What is wrong with the profile is put right once for all its mailboxes.
  if (only === undefined) {
    return [buttons([incident.scope === 'profile' ? fix : null, topic, ofProfile])];
  }
  const doing = [
    open ? testButton(only, t) : null,
    fix,
    open && article.remedies.includes('approve-email') ? approveButton(only, t) : null,
    open && incident.failure.reason === 'other-organization' ? markPrimaryButton(only, t) : null,
    incident.state === 'closed' ? null : topic,
  ];
  return buttonsAndRows(doing, [
    mailboxButton(only, t),
    open ? outboxButton(only, t) : null,
    ofProfile,
  ]);
}
