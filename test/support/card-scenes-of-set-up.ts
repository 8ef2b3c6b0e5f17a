import * as cards from '../../cards/index.ts';
import { nextQuestion } from '../../services/domain/set-up-questions.ts';
import { type SetUp, supportOf } from '../../services/domain/supported-configuration.ts';
import { AGAINST } from '../../services/domain/unsupported-rules.ts';
import type { Translator } from '../../services/i18n/index.ts';
import type { OutsideTexts } from './card-fixtures.ts';
import type { Scene } from './card-scenes.ts';

const ONLINE: SetUp = { deployment: 'online', incomingService: 'exchange-online' };

/** The checker of set-ups: its questions, and what it says in the end. */
export function setUpScenes(texts: OutsideTexts, t: Translator): Scene[] {
  const mailbox = { mailboxId: 'mailbox-1', name: texts.mailbox };
  const view = (answered: SetUp, change: Partial<cards.SetUpView> = {}): cards.SetUpView => ({
    answered,
    skipped: [],
    mailbox: null,
    question: nextQuestion(answered, []),
    support: supportOf(answered),
    titles: {},
    ...change,
  });
  const path: readonly SetUp[] = [
    {},
    { deployment: 'online' },
    { incomingService: 'exchange-server' },
    { profile: 'exchange-server' },
    { exchangeVersion: '2016' },
    { act: 'server-side-synchronization' },
    { credentials: 'profile' },
  ];
  const asked = path.map((_, step) => ({
    name: `set-up-question-${step + 1}`,
    view: view(Object.assign({}, ...path.slice(0, step + 1)) as SetUp, step > 3 ? { mailbox } : {}),
  }));
  const worst = {
    verdict: 'unsupported',
    reasons: AGAINST.map(({ rule, verdict, topic }) => ({ rule, verdict, topic, facts: [] })),
    open: ['fips'],
  } as const;
  const titles = Object.fromEntries(AGAINST.map(({ topic }) => [topic, texts.subject]));
  return [
    ...asked,
    { name: 'set-up-supported', view: view({}, { question: null, support: supportOf({}) }) },
    {
      name: 'set-up-unsupported',
      view: view(ONLINE, { question: null, support: worst, mailbox, titles }),
    },
  ].map((scene) => ({ name: scene.name, card: cards.setUpCard(scene.view, t) }));
}
