import { align } from './align.ts';
import type { Candidate } from './candidates.ts';
import { fitOf } from './confidence.ts';
import { type Explanation, explain, isWhole } from './explain.ts';
import type { MarkedText } from './marked-text.ts';
import type { PatternSet } from './pattern.ts';

/** A candidate that has been aligned with the text. */
export interface Fitted {
  readonly candidate: Candidate;
  readonly explanation: Explanation;
  readonly fit: number;
}

/** Fits so well that what others have in common with it does not matter. */
const BEYOND_DOUBT = 0.85;
const FEWER = 0.85;
/** A whole template, word for word: what has noticeably fewer of the words cannot be better. */
const PERFECT = 0.95;
const NOTICEABLE = 0.3;
/** Weight of words that a whole alert typically has. */
const MUCH = 6;
/** What a decoy and a template both explain equally well is the template's. */
const DECOY_HANDICAP = 0.03;

export function fitCandidate(
  candidate: Candidate,
  text: MarkedText,
  set: PatternSet,
  fillers: ReadonlySet<string>,
): Fitted | null {
  const pattern = set.patterns[candidate.pattern];
  if (!pattern) return null;
  text.searchMisspelt(candidate.from, candidate.to);
  const alignment = align(pattern, text, set.window, candidate.from, candidate.to);
  if (!alignment) return null;
  const explanation = explain(alignment, text, fillers);
  return { candidate, explanation, fit: fitOf(explanation) - (pattern.decoy ? DECOY_HANDICAP : 0) };
}

export function isBetter(one: Fitted, other: Fitted): boolean {
  const difference = rankOf(one) - rankOf(other);
  if (Math.abs(difference) > 1e-6) return difference > 0;
  return one.explanation.matched > other.explanation.matched;
}

/** Of two that fit, the one that explains more comes first; it may have the other as a part. */
function rankOf({ fit, explanation }: Fitted): number {
  return fit * (0.7 + 0.3 * Math.min(1, explanation.matched / MUCH));
}

/** Beside one that fits this well, a pattern with clearly fewer of the words need not be aligned. */
export function isHopeless(candidate: Candidate, best: Fitted): boolean {
  const { reached } = best.candidate;
  const perfect = best.fit >= PERFECT && isWhole(best.explanation);
  if (perfect && candidate.reached < reached - NOTICEABLE) return true;
  return best.fit >= BEYOND_DOUBT && candidate.reached < reached * FEWER;
}
