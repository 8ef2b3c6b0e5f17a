import type { Translator } from '../../services/i18n/index.ts';
import { execute } from '../actions.ts';
import type { CardAction, ExecuteAction } from '../card.ts';
import type { GuideView } from '../guide-views.ts';
import { mailboxButton, pressKeyOf } from './mailbox-buttons.ts';

/** What can be pressed where the guide is now, most likely first; never more than six. */
export function guideButtons(view: GuideView, t: Translator): readonly (CardAction | null)[] {
  const leave = view.mailbox === null ? null : mailboxButton(view.mailbox, t);
  switch (view.state.kind) {
    case 'solved':
      return [leave];
    case 'testing':
      return [execute('show-guide', t('card.button.refresh'), { guideId: view.guideId }), leave];
    case 'failed':
      return [
        continueButton(view, t, 'positive'),
        resumeButton(view, t),
        testButton(view, t),
        leave,
      ];
    case 'going':
      return view.at === null
        ? [
            testButton(view, t, 'positive'),
            solvedButton(view, t),
            continueButton(view, t),
            backButton(view, t),
            leave,
          ]
        : [...stepButtons(view, view.at, t), backButton(view, t), testButton(view, t), leave];
  }
}

function stepButtons(
  { guideId, steps }: GuideView,
  at: number,
  t: Translator,
): readonly (ExecuteAction | null)[] {
  const shown = steps[at];
  if (shown === undefined) return [];
  const { step } = shown;
  const mark = (outcome: 'done' | 'did-not-help', style?: 'positive') =>
    execute(
      'mark-step',
      t(`card.guide.say-${outcome}`),
      { guideId, step, outcome },
      style === undefined ? {} : { style },
    );
  return [
    mark('done', 'positive'),
    mark('did-not-help'),
    execute('turn-guide', t('card.guide.skip'), { guideId, from: step, to: 'next' }),
  ];
}

function backButton({ guideId, steps, at }: GuideView, t: Translator): ExecuteAction | null {
  if (at === 0 || steps.length === 0) return null;
  const from = at === null ? {} : { from: steps[at]?.step ?? 0 };
  return execute('turn-guide', t('card.guide.back'), { guideId, ...from, to: 'back' });
}

function testButton(
  { guideId, mailbox }: GuideView,
  t: Translator,
  style?: 'positive',
): ExecuteAction | null {
  if (mailbox === null || !mailbox.allowed.testAndEnable) return null;
  return execute(
    'test-guide',
    t('card.button.test-and-enable'),
    { guideId, pressKey: pressKeyOf(mailbox, 'test-and-enable') },
    style === undefined ? {} : { style },
  );
}

function solvedButton({ guideId, needsTest }: GuideView, t: Translator): ExecuteAction | null {
  if (needsTest) return null;
  return execute('solve-guide', t('card.guide.it-works'), { guideId }, { style: 'positive' });
}

function continueButton(
  { guideId, article, next }: GuideView,
  t: Translator,
  style?: 'positive',
): ExecuteAction | null {
  if (next === null) return null;
  return execute(
    'continue-guide',
    t('card.guide.continue'),
    { guideId, from: article.id, topic: next.topic },
    style === undefined ? {} : { style },
  );
}

function resumeButton({ guideId }: GuideView, t: Translator): ExecuteAction {
  return execute('resume-guide', t('card.guide.resume'), { guideId });
}
