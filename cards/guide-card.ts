import type { Translator } from '../services/i18n/index.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard, CardElement } from './card.ts';
import { compose } from './compose.ts';
import {
  buttons,
  container,
  type Elements,
  joined,
  say,
  section,
  small,
  text,
  title,
} from './elements.ts';
import { type Detail, fitCard, listed } from './fit.ts';
import type { GuideStepView, GuideView } from './guide-views.ts';
import { guideButtons } from './parts/guide-buttons.ts';
import { healthText, releaseWarning } from './parts/mailbox-state.ts';
import { oneStep } from './parts/step-list.ts';
import { markdown, plain } from './text.ts';

/** A repair one step at a time: where one is, who did what, and whether it helped. */
export function guideCard(view: GuideView, t: Translator): AdaptiveCard {
  const { article, mailbox } = view;
  const heading = article.title[t.language];
  return fitCard((detail) =>
    compose(t, {
      summary: t('card.guide.summary', { title: heading, progress: progressText(view, t) }),
      body: [
        small(say(t, 'card.guide.badge'), { spacing: 'none', isSubtle: false }),
        title(markdown(heading, 200)),
        mailbox === null
          ? null
          : small(
              joined([
                plain(mailbox.mailbox.name, 100),
                plain(mailbox.mailbox.address, 150),
                healthText(mailbox, t),
              ]),
              { spacing: 'small', isSubtle: false },
            ),
        text(markdown(`**${progressText(view, t)}**`), { spacing: 'medium' }),
        ...marked(view, t, detail),
        ...now(view, t, detail),
        buttons(guideButtons(view, t)),
        ...tried(view, t),
        articleRow(view, t),
      ],
    }),
  );
}

function progressText({ state, at, steps }: GuideView, t: Translator): string {
  if (state.kind !== 'going') return t(`card.guide.${state.kind}`);
  return at === null
    ? t('card.guide.all-done')
    : t('card.guide.progress', { number: at + 1, count: steps.length });
}

const MARK_ICONS = { done: '✅', 'did-not-help': '❌' } as const;

/** Who did what, so that two people do not do the same. */
function marked({ steps, at }: GuideView, t: Translator, detail: Detail): readonly CardElement[] {
  const said = steps.flatMap((step, index) =>
    step.mark === null
      ? []
      : [{ ...step, mark: step.mark, number: index + 1, shown: index === at }],
  );
  return listed(t, said, detail.items, ({ view, mark, number, shown }) => {
    const { outcome, byName, at: when } = mark;
    const who = say(t, `card.guide.${outcome}`, { name: byName, when: t.dateTime(when) });
    const what = markdown(view.step.text[t.language], 90);
    return text(
      joined(
        [markdown(`${MARK_ICONS[outcome]} **${number}.**`), joined([shown ? null : what, who])],
        ' ',
      ),
      { size: 'small', spacing: 'small' },
    );
  });
}

function now(view: GuideView, t: Translator, detail: Detail): Elements {
  const { state } = view;
  switch (state.kind) {
    case 'solved':
      return [
        box(
          'good',
          state.when === null
            ? say(t, 'card.guide.solved-by', { name: state.byName })
            : say(t, view.needsTest ? 'card.guide.test-passed' : 'card.guide.said-solved', {
                name: state.byName,
                when: t.dateTime(state.when),
              }),
        ),
      ];
    case 'testing':
      return [box('emphasis', say(t, 'card.guide.being-tested', { name: state.byName }))];
    case 'failed':
      return [
        box('attention', say(t, state.same ? 'card.guide.same-failure' : 'card.guide.test-failed')),
        ...nextCause(view, t),
      ];
    case 'going':
      return view.at === null ? atTheEnd(view, t) : [step(view.steps[view.at], view.at, t, detail)];
  }
}

function step(
  shown: GuideStepView | undefined,
  at: number,
  t: Translator,
  detail: Detail,
): CardElement | null {
  return shown === undefined ? null : oneStep(shown.view, at + 1, t, detail);
}

/** All steps were gone through: what tells whether it helped. */
function atTheEnd(view: GuideView, t: Translator): Elements {
  const { mailbox, needsTest } = view;
  if (!needsTest) return [text(say(t, 'card.guide.does-it-work')), ...nextCause(view, t)];
  if (mailbox === null || !mailbox.allowed.testAndEnable) {
    return [text(say(t, 'card.guide.others-test')), ...nextCause(view, t)];
  }
  return [text(say(t, 'card.guide.test-now')), releaseWarning(mailbox, t), ...nextCause(view, t)];
}

function nextCause({ next }: GuideView, t: Translator): Elements {
  if (next === null) return [text(say(t, 'card.guide.no-more'), { spacing: 'medium' })];
  return [
    section(say(t, `card.guide.next-${next.from}`)),
    text(markdown(next.title, 200), { spacing: 'none' }),
  ];
}

function box(style: 'good' | 'emphasis' | 'attention', words: ReturnType<typeof say>): CardElement {
  return container([text(words, { spacing: 'none' })], { style, spacing: 'medium' });
}

function tried(view: GuideView, t: Translator): Elements {
  if (view.tried.length === 0) return [];
  const names = view.tried.map((name) => plain(name, 120));
  return [
    small(joined([say(t, 'card.guide.tried'), joined(names, '; ')], ' '), {
      separator: true,
      spacing: 'medium',
    }),
  ];
}

/** The whole article: cause, notices, sources. */
function articleRow({ article, mailbox }: GuideView, t: Translator): CardElement {
  const label = t('card.guide.article');
  const topic = { topic: article.id };
  const payload = mailbox === null ? topic : { ...topic, mailboxId: mailbox.mailbox.id };
  return container([small(plain(label), { color: 'accent', isSubtle: false })], {
    spacing: 'small',
    selectAction: execute('show-topic', label, payload),
  });
}
