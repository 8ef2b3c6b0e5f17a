import type { Explanation } from './explain.ts';

/** What words that the text has cut off at its edge cost, beside words missing inside. */
const CUT_OFF = 0.2;
/** More where the text would have to begin inside a name. */
const CUT_OFF_IN_SLOT = 0.45;
/** The same where nothing but a piece of one alert was pasted. */
const CUT_OFF_ALONE = 0.08;
/** The same where all of it is the template's, word for word. */
const CUT_OFF_PURE = 0.02;
const GONE = 0.85;
const CUT_OUT = 0.25;
const UNEXPLAINED = 0.5;
/** Sentences of advice behind the one that says what is wrong: people leave them out. */
const LATER_SENTENCE = 0.12;
const MOST_LATER = 0.8;
const ENOUGH_WEIGHT = 1.5;
/** What it costs if all of the words are missing that only this topic has. */
const OWN_WORDS = 0.6;
const DISAGREEMENT = 0.5;
const OWN_NEEDED = 0.3;

/**
 * How well a template explains the text, 0 to 1: the share of its words that are there, how much of
 * that is more than boilerplate, how closely they stand together, and what speaks against it. Words
 * that are missing because the paste ends there are forgiven; other words in their place are not.
 */
export function fitOf(explanation: Explanation): number {
  const { matched, missing, contradicted, unexplained } = explanation;
  const pure = missing + contradicted + unexplained === 0;
  const alone = pure ? CUT_OFF_PURE : CUT_OFF_ALONE;
  const cut = explanation.alone ? alone : CUT_OFF;
  const start = explanation.startsInSlot && !explanation.alone ? CUT_OFF_IN_SLOT : cut;
  const before = explanation.missingBefore * (explanation.startsAtEdge ? start : GONE);
  const after =
    explanation.missingAfter * (explanation.endsAtEdge ? cut : GONE) +
    Math.min(MOST_LATER, explanation.laterSentences * Math.min(cut, LATER_SENTENCE));
  const against =
    missing +
    CUT_OUT * explanation.cutOut +
    0.8 * contradicted +
    UNEXPLAINED * unexplained +
    before +
    after;
  const coverage = matched / (matched + against + 1e-9);
  const substance = 1 - Math.exp(-matched / ENOUGH_WEIGHT);
  const fixed = explanation.to - explanation.from - explanation.slotTokens;
  const density = Math.min(1, explanation.anchoredTokens / Math.max(1, fixed));
  const own = 1 - OWN_WORDS * ownMissingShare(explanation);
  return (coverage * substance * own * (0.4 + 0.6 * density)) / (1 + DISAGREEMENT * contradicted);
}

/** Inside a text at least a little of what is the topic's own has to be there. */
function ownMissingShare({ alignment, ownMatched, ownMissing, ...edges }: Explanation): number {
  const { ownBefore, length } = alignment.pattern;
  const inside = !edges.startsAtEdge || !edges.endsAtEdge;
  const needed = inside ? Math.min(OWN_NEEDED, ownBefore[length] ?? 0) : 0;
  return (ownMissing + needed) / (ownMissing + needed + ownMatched + 1e-9);
}
