import { DIRECTIONS } from '../services/domain/mailbox.ts';
import type { Translator } from '../services/i18n/index.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard, CardElement } from './card.ts';
import { compose } from './compose.ts';
import { bold, buttons, say, small, text, title } from './elements.ts';
import { type Detail, fitCard, listed, paragraph } from './fit.ts';
import { sourceLine } from './parts/article-lines.ts';
import { directionRows, insecureLine } from './parts/mailbox-state.ts';
import { stepList } from './parts/step-list.ts';
import { markdown, plain } from './text.ts';
import type { FollowUpView, StepView } from './views.ts';

/** One aspect of the article that was just shown, and the way back to all of it. */
export function followUpCard(view: FollowUpView, t: Translator): AdaptiveCard {
  const { article, asks, deployment, mailbox } = view;
  const heading = article.title[t.language];
  const payload = { topic: article.id, ...(mailbox && { mailboxId: mailbox.mailbox.id }) };
  return fitCard((detail) =>
    compose(t, {
      summary: t(`card.follow-up.${asks}`),
      body: [
        title(say(t, `card.follow-up.${asks}`)),
        small(markdown(heading, 200)),
        deployment === null ? null : small(say(t, `card.deployment.${deployment}`)),
        ...answer(view, t, detail),
        mailbox === null ? null : insecureLine(mailbox, t),
        buttons([execute('show-topic', t('card.follow-up.all'), payload)]),
      ],
    }),
  );
}

function answer(view: FollowUpView, t: Translator, detail: Detail): readonly CardElement[] {
  const { article, asks, steps } = view;
  switch (asks) {
    case 'who':
      return listed(t, byActor(steps), detail.items, ({ who, does }) =>
        text(
          markdown(
            `👤 **${t(`card.who.${who}`)}:** ${does.map((step) => step.step.text[t.language]).join(' ')}`,
            detail.text,
          ),
        ),
      );
    case 'where': {
      const clicked = steps.filter(({ step }) => step.navigation !== undefined);
      if (clicked.length === 0) return [text(say(t, 'card.follow-up.nowhere'))];
      // Where to click is what was asked for: it stands open.
      return stepList(
        clicked.map((step) => ({ ...step, now: true })),
        t,
        detail,
        false,
      );
    }
    case 'why':
      return [text(paragraph(article.cause[t.language], detail))];
    case 'meaning':
      return [text(paragraph(article.meaning[t.language], detail))];
    case 'steps':
      return stepList(steps, t, detail);
    case 'duration':
      return duration(view, t);
    case 'sources':
      return [text(sourceLine(article, t))];
  }
}

/** Steps in their order, under whoever takes them. */
function byActor(
  steps: readonly StepView[],
): readonly { readonly who: StepView['step']['who']; readonly does: readonly StepView[] }[] {
  const actors = [...new Set(steps.map(({ step }) => step.who))];
  return actors.map((who) => ({ who, does: steps.filter(({ step }) => step.who === who) }));
}

/** What is known of time: the policy of retries, how long a test takes, and this mailbox's own state. */
function duration({ article, mailbox }: FollowUpView, t: Translator): readonly CardElement[] {
  const tail = article.kind === 'alert' ? (`card.tail.${article.nature}` as const) : null;
  return [
    ...(tail === null ? [] : [text(say(t, tail))]),
    text(say(t, 'card.follow-up.test-takes')),
    ...(mailbox === null
      ? []
      : [text(bold(plain(mailbox.mailbox.name, 100))), ...directionRows(mailbox, t, DIRECTIONS)]),
  ];
}
