import { letsGo } from '../services/domain/mailbox.ts';
import type { WaitingDay } from '../services/domain/outgoing-message.ts';
import type { Translator } from '../services/i18n/index.ts';
import { type ActionPayload, execute, type Verb } from './actions.ts';
import type { AdaptiveCard, CardElement, ExecuteAction } from './card.ts';
import { compose } from './compose.ts';
import {
  bold,
  buttons,
  container,
  type Elements,
  joined,
  say,
  small,
  text,
  title,
} from './elements.ts';
import { type Detail, fitCard, listed } from './fit.ts';
import {
  letGoButton,
  mailboxButton,
  outboxButton,
  pressKeyOf,
  testButton,
} from './parts/mailbox-buttons.ts';
import { insecureLine } from './parts/mailbox-state.ts';
import { plain } from './text.ts';
import type { WaitingView } from './waiting-views.ts';

/**
 * What waits to be sent, by day. Where outgoing email is not enabled, it is what enabling would let
 * go: to be held, cancelled, or sent on purpose.
 */
export function waitingCard(view: WaitingView, t: Translator): AdaptiveCard {
  const { mailbox, days } = view;
  const waiting = days.reduce((sum, day) => sum + day.waiting, 0);
  const held = days.reduce((sum, day) => sum + day.held, 0);
  const heading = { mailbox: mailbox.mailbox.name, count: waiting + held };
  return fitCard((detail) =>
    compose(t, {
      summary: t('card.waiting.title', heading),
      body: [
        title(say(t, 'card.waiting.title', heading)),
        insecureLine(mailbox, t),
        ...news(view, t),
        ...listed(t, days, detail.items, (day) => dayRow(view, day, t)),
        ...explanation(view, held, t),
        mailbox.allowed.decideWaiting && days.length > 0 ? choice(days, detail, t) : null,
        buttons([
          ...decisions(view, waiting, held, t),
          letGoButton(mailbox, t) ?? (days.length > 0 ? offTestButton(view, t) : null),
          days.length > 0 ? outboxButton(mailbox, t) : null,
          mailboxButton(mailbox, t),
        ]),
      ],
    }),
  );
}

/** What was decided on this card, and what enabling would let go now. */
function news({ mailbox, days, decided, mayHold }: WaitingView, t: Translator): Elements {
  const count = letsGo(mailbox.mailbox);
  const holds = { holds: mayHold ? 'yes' : 'no' };
  const oldest = days.find(({ waiting }) => waiting > 0);
  return [
    decided === null
      ? null
      : container(
          [
            text(bold(say(t, `card.waiting.decided-${decided.change}`, decided)), {
              spacing: 'none',
            }),
          ],
          { style: 'emphasis', spacing: 'medium' },
        ),
    count === 0 || oldest === undefined
      ? null
      : container(
          [
            text(say(t, 'card.waiting.lets-go', { count, day: t.day(oldest.day), ...holds }), {
              spacing: 'none',
            }),
          ],
          { style: 'warning', spacing: 'medium' },
        ),
  ];
}

/** A tap shows the day's messages. */
function dayRow(
  { mailbox }: WaitingView,
  { day, waiting, held }: WaitingDay,
  t: Translator,
): CardElement {
  const counts = { waiting, held, both: waiting > 0 && held > 0 ? 'yes' : 'no' };
  const line = joined([bold(plain(t.day(day))), say(t, 'card.waiting.day', counts)], ': ');
  return container([text(line, { color: 'accent', spacing: 'none' })], {
    spacing: 'small',
    selectAction: execute('show-outbox', t.day(day), { mailboxId: mailbox.mailbox.id, ofDay: day }),
  });
}

function explanation(
  { mailbox, days, mayHold }: WaitingView,
  held: number,
  t: Translator,
): Elements {
  const { decideWaiting } = mailbox.allowed;
  const sends = held > 0 && decideWaiting && mailbox.mailbox.directions.outgoing.enabled;
  return [
    days.length === 0
      ? null
      : small(say(t, mayHold ? 'card.waiting.explain' : 'card.waiting.cannot-hold')),
    sends ? small(say(t, 'card.waiting.sends')) : null,
    decideWaiting || days.length === 0
      ? null
      : small(say(t, 'card.waiting.who-decides', { holds: mayHold ? 'yes' : 'no' })),
  ];
}

/** Nothing is older than the first day; where there are many, the choice is among days far apart. */
function choice(days: readonly WaitingDay[], detail: Detail, t: Translator): CardElement {
  const later = days.slice(1);
  const step = Math.max(1, Math.ceil(later.length / (detail.items * 2)));
  const cuts = later.filter((_, index) => (later.length - 1 - index) % step === 0);
  return {
    type: 'Input.ChoiceSet',
    id: 'day',
    label: t('card.waiting.choose'),
    placeholder: t('card.waiting.placeholder'),
    choices: [
      ...cuts.map(({ day }) => ({
        title: t('card.waiting.older', { day: t.day(day) }),
        value: day,
      })),
      { title: t('card.waiting.all'), value: 'all' },
    ],
    isRequired: true,
    errorMessage: t('card.waiting.required'),
    spacing: 'medium',
  };
}

/** Held ones alone keep nobody from testing. */
function offTestButton({ mailbox }: WaitingView, t: Translator): ExecuteAction | null {
  return mailbox.mailbox.directions.outgoing.enabled ? null : testButton(mailbox, t);
}

function decisions(
  { mailbox, mayHold }: WaitingView,
  waiting: number,
  held: number,
  t: Translator,
): readonly (ExecuteAction | null)[] {
  if (!mailbox.allowed.decideWaiting) return [];
  const mailboxId = mailbox.mailbox.id;
  const keyed = (verb: Verb): ActionPayload<'hold-waiting' | 'release-waiting'> => ({
    mailboxId,
    pressKey: pressKeyOf(mailbox, verb),
  });
  return [
    waiting === 0 || !mayHold
      ? null
      : execute('hold-waiting', t('card.waiting.hold'), keyed('hold-waiting')),
    held === 0
      ? null
      : execute('release-waiting', t('card.waiting.release'), keyed('release-waiting')),
    waiting + held === 0
      ? null
      : execute(
          'ask-cancel-waiting',
          t('card.waiting.cancel'),
          { mailboxId },
          { style: 'destructive' },
        ),
  ];
}
