import type { ChosenFact, SetUpQuestion } from '../services/domain/set-up-questions.ts';
import type { Verdict } from '../services/domain/supported-configuration.ts';
import type { TextKey, Translator } from '../services/i18n/index.ts';
import { type ActionPayload, execute, FIELD_PREFIX } from './actions.ts';
import type { AdaptiveCard, CardElement } from './card.ts';
import { compose } from './compose.ts';
import { bold, buttons, container, joined, say, small, text, title } from './elements.ts';
import { fitCard, listed } from './fit.ts';
import type { SetUpView } from './set-up-views.ts';
import { markdown } from './text.ts';

/** The field that both kinds of question are answered in. */
export const ANSWER_FIELD = 'answer';
export const DONT_KNOW = 'unknown';

/** Asks what is needed to say whether Microsoft supports a set-up; then says so, and why. */
export function setUpCard(view: SetUpView, t: Translator): AdaptiveCard {
  const { question, support } = view;
  const heading = view.mailbox === null ? 'card.set-up.title' : 'card.set-up.title-mailbox';
  const named = { mailbox: view.mailbox?.name ?? '' };
  return fitCard((detail) =>
    compose(t, {
      summary: question === null ? t(`card.set-up.verdict.${support.verdict}`) : t(heading, named),
      body: [
        title(say(t, heading, named)),
        question === null ? verdict(view, t) : null,
        ...listed(t, support.reasons, detail.items, (reason) => reasonBox(reason, t)),
        ...(question === null ? unknown(view, t) : ask(view, question, t)),
        question === null
          ? buttons([
              ...topics(view).map((topic) =>
                execute('show-topic', view.titles[topic] ?? topic, {
                  topic,
                  ...(view.mailbox && { mailboxId: view.mailbox.mailboxId }),
                }),
              ),
              view.mailbox === null
                ? null
                : execute('show-mailbox', t('card.button.show-mailbox'), {
                    mailboxId: view.mailbox.mailboxId,
                  }),
              execute('check-set-up', t('card.set-up.again'), {}),
            ])
          : null,
      ],
    }),
  );
}

const STYLES: Readonly<Record<Verdict, 'good' | 'warning' | 'attention'>> = {
  supported: 'good',
  'not-recommended': 'warning',
  unsupported: 'attention',
};
const ICONS: Readonly<Record<Verdict, string>> = {
  supported: '✅',
  'not-recommended': '⚠️',
  unsupported: '⛔',
};

function verdict({ support }: SetUpView, t: Translator): CardElement {
  const words = say(t, `card.set-up.verdict.${support.verdict}`);
  return container(
    [
      text(bold(joined([markdown(ICONS[support.verdict]), words], ' ')), {
        size: 'medium',
        spacing: 'none',
      }),
      small(say(t, 'card.set-up.source'), { spacing: 'none' }),
    ],
    { style: STYLES[support.verdict], spacing: 'medium' },
  );
}

function reasonBox(
  { rule, verdict: how }: SetUpView['support']['reasons'][number],
  t: Translator,
): CardElement {
  return container(
    [
      text(bold(say(t, `card.set-up.rule.${rule}`)), { spacing: 'none' }),
      text(say(t, `card.set-up.remedy.${rule}`), { spacing: 'none' }),
      small(say(t, `card.set-up.reason.${how}`), { spacing: 'none' }),
    ],
    { style: 'emphasis', spacing: 'small' },
  );
}

/** What nobody could say and would still decide. */
function unknown({ support }: SetUpView, t: Translator): readonly CardElement[] {
  if (support.open.length === 0) return [];
  return [small(say(t, 'card.set-up.unknown', { count: support.open.length }))];
}

function topics({ support }: SetUpView): readonly string[] {
  return [...new Set(support.reasons.map(({ topic }) => topic))].slice(0, 4);
}

function ask(view: SetUpView, question: SetUpQuestion, t: Translator): readonly CardElement[] {
  const asked = question.kind === 'choose' ? [question.fact] : question.facts;
  const payload: ActionPayload<'check-set-up'> = {
    facts: view.answered,
    skipped: view.skipped,
    asked,
    ...(view.mailbox && { mailboxId: view.mailbox.mailboxId }),
  };
  const answers = buttons([
    execute('check-set-up', t('card.set-up.next'), payload, { style: 'positive' }),
  ]);
  return [
    question.kind === 'choose' ? choice(question, t) : ticks(question, t),
    ...(answers === null ? [] : [answers]),
  ];
}

function choice(
  { fact, choices }: Extract<SetUpQuestion, { kind: 'choose' }>,
  t: Translator,
): CardElement {
  return {
    type: 'Input.ChoiceSet',
    id: `${FIELD_PREFIX}${ANSWER_FIELD}`,
    label: t(`card.set-up.ask.${fact}`),
    style: 'expanded',
    wrap: true,
    isRequired: true,
    errorMessage: t('card.set-up.choose-one'),
    choices: [...choices, DONT_KNOW].map((value) => ({
      title: value === DONT_KNOW ? t('card.set-up.dont-know') : nameOf(fact, value, t),
      value,
    })),
  };
}

/** Names of products are the same in every language. */
const PRODUCTS: Readonly<Record<string, string>> = {
  'exchange-online': 'Exchange Online',
  'exchange-server': 'Exchange Server',
  gmail: 'Gmail',
  yahoo: 'Yahoo! Mail',
  msn: 'MSN',
  'outlook-com': 'Outlook.com',
  'windows-live-mail': 'Windows Live Mail',
};
const VERSIONS: Readonly<Record<string, string>> = {
  '2010-sp3': '2010 SP3',
  '2013-sp1': '2013 SP1',
  'subscription-edition': 'Subscription Edition',
};

function nameOf(fact: ChosenFact, value: string, t: Translator): string {
  switch (fact) {
    case 'incomingService':
      return PRODUCTS[value] ?? t('card.set-up.service.another');
    case 'exchangeVersion':
      return `Exchange Server ${VERSIONS[value] ?? value}`;
    default:
      // The choices of the domain; the parity test holds that each has a text.
      return t(`card.set-up.${fact}.${value}` as TextKey);
  }
}

function ticks({ facts }: Extract<SetUpQuestion, { kind: 'tick' }>, t: Translator): CardElement {
  return {
    type: 'Input.ChoiceSet',
    id: `${FIELD_PREFIX}${ANSWER_FIELD}`,
    label: t('card.set-up.ask.ticks'),
    style: 'expanded',
    wrap: true,
    isMultiSelect: true,
    errorMessage: t('card.set-up.choose-one'),
    choices: facts.map((fact) => ({ title: t(`card.set-up.tick.${fact}`), value: fact })),
  };
}
