import type { Translator } from '../../services/i18n/index.ts';
import type { CardElement } from '../card.ts';
import { bold, code, container, disclosure, joined, row, say, small, text } from '../elements.ts';
import { type Detail, paragraph } from '../fit.ts';
import { type CardText, markdown, plain } from '../text.ts';
import type { StepView } from '../views.ts';

/** So many stand open; the rest unfolds, so that a long article is no wall. */
const OPEN_STEPS = 4;

type Numbered = StepView & { readonly number: number };

/**
 * Numbered steps; the one to take now stands in a frame of its own and has its clicks open. Not
 * `flagged`, only the clicks are open.
 */
export function stepList(
  steps: readonly StepView[],
  t: Translator,
  detail: Detail,
  flagged = true,
): readonly CardElement[] {
  const numbered = steps.map((view, index) => ({ ...view, number: index + 1 }));
  const kept = withNow(numbered, detail.items);
  // One step alone is not worth a fold.
  const open = kept.length <= OPEN_STEPS + 1 ? kept : withNow(kept, OPEN_STEPS);
  const folded = kept.filter((step) => !open.includes(step));
  const left = steps.length - kept.length;
  const labels = {
    show: t('card.step.show-more', { count: folded.length }),
    hide: t('card.step.show-fewer'),
  };
  return [
    ...open.map((step) => stepElement(step, t, detail, flagged)),
    ...(folded.length === 0
      ? []
      : disclosure(
          'steps',
          labels,
          folded.map((step) => stepElement(step, t, detail, flagged)),
        )),
    ...(left > 0 ? [small(say(t, 'card.more-steps', { count: left }))] : []),
  ];
}

/** The first steps, and always the one to take now. */
function withNow(steps: readonly Numbered[], most: number): readonly Numbered[] {
  const first = steps.slice(0, most);
  const now = steps.slice(most).find((step) => step.now);
  return now === undefined ? first : [...first.slice(0, -1), now];
}

/** One step by itself, its clicks open. */
export function oneStep(
  view: StepView,
  number: number,
  t: Translator,
  detail: Detail,
): CardElement {
  const line = row(
    [text(bold(markdown(`${number}.`)), { spacing: 'none' })],
    stepBody(view, number, true, t, detail),
    { spacing: 'none' },
  );
  return container([line], { style: 'accent', spacing: 'medium' });
}

function stepElement(view: Numbered, t: Translator, detail: Detail, flagged: boolean): CardElement {
  const { now, number } = view;
  const line = row(
    [text(bold(markdown(`${number}.`)), { spacing: 'none' })],
    stepBody(view, number, now, t, detail),
    { spacing: now && flagged ? 'none' : 'medium' },
  );
  if (!now || !flagged) return line;
  const flag = text(bold(say(t, 'card.step.now')), { color: 'accent', spacing: 'none' });
  return container([flag, line], { style: 'accent', spacing: 'medium' });
}

function stepBody(
  { step, onlyFor }: StepView,
  number: number,
  open: boolean,
  t: Translator,
  detail: Detail,
): readonly (CardElement | null)[] {
  const { online, onPremises } = step.navigation ?? {};
  const where = [
    online === undefined ? null : path(say(t, 'card.where.online'), online[t.language], detail),
    onPremises === undefined
      ? null
      : path(say(t, 'card.where.on-premises'), onPremises[t.language], detail),
    step.code === undefined ? null : code(step.code.text, step.code.language),
  ].filter((element) => element !== null);
  const kind = step.code === undefined ? 'where' : 'code';
  const labels = {
    show: t(`card.step.show-${kind}`),
    hide: t(`card.step.hide-${kind}`),
  };
  return [
    text(paragraph(step.text[t.language], detail), { spacing: 'none' }),
    small(joined([markdown(`👤 ${t(`card.who.${step.who}`)}`), forWhom(onlyFor, t)]), {
      spacing: 'none',
    }),
    ...(where.length === 0 ? [] : disclosure(`step-${number}`, labels, where, open)),
  ];
}

/** Where the reader has to choose, because nothing is known of the mailbox. */
function forWhom(onlyFor: StepView['onlyFor'], t: Translator): CardText | null {
  if (onlyFor.length === 0) return null;
  const names = onlyFor.map((one) =>
    one === 'online' || one === 'on-premises'
      ? t(`card.deployment.${one}`)
      : t(`card.server.${one}`),
  );
  return say(t, 'card.step.only-for', { names: t.list(names) });
}

function path(label: ReturnType<typeof say>, clicks: string, detail: Detail): CardElement {
  const arrows = clicks
    .split(' > ')
    .map((click) => plain(click, 100))
    .join(' › ');
  return text(markdown(`**${label}:** ${arrows}`, detail.text), {
    size: 'small',
    spacing: 'small',
  });
}
