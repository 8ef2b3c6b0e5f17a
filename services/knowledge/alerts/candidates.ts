import type { Steps } from '../text/work-in-steps.ts';
import type { MarkedText } from './marked-text.ts';
import type { PatternSet } from './pattern.ts';

/** A pattern worth aligning with the tokens [from, to). */
export interface Candidate {
  readonly pattern: number;
  readonly from: number;
  readonly to: number;
  readonly votes: number;
}

const BLOCK = 96;
const STRIDE = 48;
const MARGIN_BEFORE = 8;
const MARGIN_AFTER = 48;
const LEAST_VOTES = 0.6;
const LEAST_BLOCK_WEIGHT = 0.9;
const MISSING = 0.1;
const PER_BLOCK = 6;
const IN_A_SHORT_TEXT = 14;
const SHORT_TEXT = 400;
const MOST_CANDIDATES = 60;

/**
 * Every word votes for the patterns that have it, with its weight, in each block of the text. The
 * best patterns of the best blocks are aligned; nothing else is, however long the text.
 */
export function* candidatesIn(text: MarkedText, set: PatternSet): Steps<readonly Candidate[]> {
  const { length } = text.tokens;
  const votes = new Float64Array(set.patterns.length);
  const found: Candidate[] = [];
  const perBlock = length <= BLOCK ? IN_A_SHORT_TEXT : PER_BLOCK;
  for (let from = 0; from === 0 || from < length - STRIDE; from += STRIDE) {
    const to = Math.min(length, from + BLOCK);
    yield;
    if (length <= SHORT_TEXT) text.searchMisspelt(from, to);
    const words = wordsOf(text, from, to);
    let weight = 0;
    for (const word of words) weight += set.weightOf[word] ?? 0;
    if (words.size < 3 || weight < LEAST_BLOCK_WEIGHT) continue;
    const touched: number[] = [];
    for (const word of words) {
      for (const pattern of set.postings[word] ?? []) {
        if (votes[pattern] === 0) touched.push(pattern);
        votes[pattern] = (votes[pattern] ?? 0) + (set.weightOf[word] ?? 0);
      }
    }
    const start = Math.max(0, from - MARGIN_BEFORE);
    const end = Math.min(length, to + MARGIN_AFTER);
    const ranked = touched
      .filter((pattern) => (votes[pattern] ?? 0) >= LEAST_VOTES)
      .map((pattern) => {
        const reached = votes[pattern] ?? 0;
        const total = set.patterns[pattern]?.totalWeight ?? 0;
        return {
          pattern,
          from: start,
          to: end,
          votes: reached - MISSING * Math.max(0, total - reached),
        };
      })
      .sort((a, b) => b.votes - a.votes);
    found.push(...ranked.slice(0, perBlock));
    for (const pattern of touched) votes[pattern] = 0;
  }
  found.sort((a, b) => b.votes - a.votes);
  return found.slice(0, MOST_CANDIDATES);
}

function wordsOf(text: MarkedText, from: number, to: number): ReadonlySet<number> {
  const words = new Set<number>();
  for (let token = from; token < to; token++) {
    const word = text.words[token] ?? -1;
    if (word >= 0) words.add(word);
    const joined = text.joined[token] ?? -1;
    if (joined >= 0) words.add(joined);
  }
  return words;
}
