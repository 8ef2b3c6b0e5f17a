import type { Steps } from '../text/work-in-steps.ts';
import type { Elected } from './ballot.ts';
import type { MarkedText } from './marked-text.ts';
import type { PatternSet } from './pattern.ts';

/** A pattern worth aligning with the tokens [from, to). */
export interface Candidate extends Elected {
  readonly from: number;
  readonly to: number;
}

const BLOCK = 96;
const STRIDE = 48;
const MARGIN_BEFORE = 8;
const MARGIN_AFTER = 48;
const PER_TOPIC = 4;
const MISSING = 0.1;
const PER_BLOCK = 12;
const IN_A_SHORT_TEXT = 24;
const SHORT_TEXT = 400;
const MOST_CANDIDATES = 60;

/**
 * The best patterns of the best blocks of a text are aligned; nothing else is, however long the text
 * and however many the articles.
 */
export function* candidatesIn(
  text: MarkedText,
  set: PatternSet,
  region: { readonly from: number; readonly to: number },
): Steps<readonly Candidate[]> {
  const { length } = text.tokens;
  const found: Candidate[] = [];
  const most = region.to - region.from <= BLOCK ? IN_A_SHORT_TEXT : PER_BLOCK;
  const election = { most, perTopic: PER_TOPIC, missing: MISSING };
  const first = Math.max(0, region.from);
  const last = Math.min(length, region.to);
  for (let from = first; from === first || from < last - STRIDE; from += STRIDE) {
    const to = Math.min(last, from + BLOCK);
    yield;
    if (length <= SHORT_TEXT) text.searchMisspelt(from, to);
    const start = Math.max(0, from - MARGIN_BEFORE);
    const end = Math.min(length, to + MARGIN_AFTER);
    for (const { pattern, reached, votes } of set.ballot.elect(text, from, to, election)) {
      found.push({ pattern, reached, votes, from: start, to: end });
    }
  }
  found.sort((a, b) => b.votes - a.votes);
  return found.length > MOST_CANDIDATES ? found.slice(0, MOST_CANDIDATES) : found;
}

const MOST_RIVALS = 24;
const RIVALS_PER_TOPIC = 2;
/** Weight of words by which a rival may fall short. */
const SHORTFALL = 0.4;

/** Patterns that have what the candidate was found by, whatever else they have: for texts that were cut. */
export function rivalsOf(
  candidate: Candidate,
  text: MarkedText,
  set: PatternSet,
  region: { readonly from: number; readonly to: number },
): readonly Candidate[] {
  const election = { most: MOST_RIVALS, perTopic: RIVALS_PER_TOPIC, missing: 0 };
  const elected = set.ballot.elect(text, region.from, region.to, election);
  const own = elected.find(({ pattern }) => pattern === candidate.pattern);
  const least = (own?.reached ?? candidate.reached) - SHORTFALL;
  return elected
    .filter(({ reached }) => reached >= least)
    .map(({ pattern, reached, votes }) => {
      return { pattern, reached, votes, from: candidate.from, to: candidate.to };
    });
}
