import type { Explanation } from './explain.ts';

/** What words that the text has cut off at its edge cost, beside words missing inside. */
const CUT_OFF = 0.2;
const GONE = 0.85;
const ENOUGH_WEIGHT = 1.5;

/**
 * How well a template explains the text, 0 to 1: the share of its words that are there, how much of
 * that is more than boilerplate, how closely they stand together, and what speaks against it. Words
 * that are missing because the paste ends there are forgiven; other words in their place are not.
 */
export function fitOf(explanation: Explanation): number {
  const { matched, missing, contradicted } = explanation;
  const before = explanation.missingBefore * (explanation.startsAtEdge ? CUT_OFF : GONE);
  const after = explanation.missingAfter * (explanation.endsAtEdge ? CUT_OFF : GONE);
  const coverage = matched / (matched + missing + 0.8 * contradicted + before + after + 1e-9);
  const substance = 1 - Math.exp(-matched / ENOUGH_WEIGHT);
  const own = explanation.to - explanation.from - explanation.slotTokens;
  const density = Math.min(1, explanation.anchoredTokens / Math.max(1, own));
  return (coverage * substance * (0.4 + 0.6 * density)) / (1 + 0.5 * contradicted);
}
