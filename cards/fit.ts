import type { Translator } from '../services/i18n/index.ts';
import type { AdaptiveCard, CardElement } from './card.ts';
import { say, small } from './elements.ts';
import { type CardText, markdown } from './text.ts';

/** Teams takes 28 KB a message; the rest of the activity needs about one of them. */
export const CARD_BUDGET_BYTES = 27 * 1_024;

/** How much a card tells. */
export interface Detail {
  /** Rows of any list. */
  readonly items: number;
  /** Facts of evidence under a stage. */
  readonly evidence: number;
  /** Characters of one paragraph. */
  readonly text: number;
}

const FULL: Detail = { items: 15, evidence: 12, text: 2_000 };
const SHORTER: readonly Detail[] = [
  { items: 10, evidence: 6, text: 900 },
  { items: 6, evidence: 4, text: 500 },
  { items: 4, evidence: 2, text: 250 },
  { items: 2, evidence: 1, text: 120 },
];

/** Draws the card with less and less detail until it fits. What is left out is counted on the card. */
export function fitCard(draw: (detail: Detail) => AdaptiveCard): AdaptiveCard {
  let card = draw(FULL);
  for (const detail of SHORTER) {
    if (sizeOf(card) <= CARD_BUDGET_BYTES) return card;
    card = draw(detail);
  }
  return card;
}

export function sizeOf(card: AdaptiveCard): number {
  return new TextEncoder().encode(JSON.stringify(card)).length;
}

/** The first rows and "… and n more". `alreadyLeftOut` are those that the view did not bring. */
export function listed<T>(
  t: Translator,
  items: readonly T[],
  most: number,
  draw: (item: T, index: number) => CardElement,
  alreadyLeftOut = 0,
): readonly CardElement[] {
  const shown = items.slice(0, most).map(draw);
  const more = items.length - shown.length + alreadyLeftOut;
  return more > 0 ? [...shown, small(say(t, 'card.more', { count: more }))] : shown;
}

/** A paragraph of an article, cut at the level's length. */
export function paragraph(ownText: string, detail: Detail): CardText {
  return markdown(ownText, detail.text);
}
