import type { Steps } from '../text/work-in-steps.ts';
import type { MarkedText } from './marked-text.ts';
import type { PatternSet } from './pattern.ts';

/** A pattern worth aligning with the tokens [from, to). */
export interface Candidate {
  readonly pattern: number;
  readonly from: number;
  readonly to: number;
  /** Weight of the pattern's words that stand in the block: more than this no alignment can match. */
  readonly reached: number;
  /** The same less what the pattern misses; candidates are ranked by it. */
  readonly votes: number;
}

const BLOCK = 96;
const STRIDE = 48;
const MARGIN_BEFORE = 8;
const MARGIN_AFTER = 48;
const LEAST_VOTES = 0.6;
const LEAST_BLOCK_WEIGHT = 0.9;
const MISSING = 0.1;
const PER_TOPIC = 4;
const PER_BLOCK = 12;
const IN_A_SHORT_TEXT = 24;
const SHORT_TEXT = 400;
const MOST_CANDIDATES = 60;

/**
 * Every word votes for the patterns that have it, with its weight, in each block of the text. The
 * best patterns of the best blocks are aligned; nothing else is, however long the text.
 */
export function* candidatesIn(
  text: MarkedText,
  set: PatternSet,
  region: { readonly from: number; readonly to: number },
): Steps<readonly Candidate[]> {
  const { length } = text.tokens;
  const votes = new Float64Array(set.patterns.length);
  const found: Candidate[] = [];
  const perBlock = region.to - region.from <= BLOCK ? IN_A_SHORT_TEXT : PER_BLOCK;
  const first = Math.max(0, region.from);
  const last = Math.min(length, region.to);
  for (let from = first; from === first || from < last - STRIDE; from += STRIDE) {
    const to = Math.min(last, from + BLOCK);
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
          reached,
          votes: reached - MISSING * Math.max(0, total - reached),
        };
      })
      .sort((a, b) => b.votes - a.votes);
    found.push(...varied(ranked, perBlock, set));
    for (const pattern of touched) votes[pattern] = 0;
  }
  found.sort((a, b) => b.votes - a.votes);
  return found.slice(0, MOST_CANDIDATES);
}

/** The best few of every topic before more of the same: wordings of one topic crowd out the rest. */
function varied(ranked: readonly Candidate[], most: number, set: PatternSet): readonly Candidate[] {
  const taken = new Map<string, number>();
  const chosen: Candidate[] = [];
  for (const candidate of ranked) {
    if (chosen.length === most) break;
    const pattern = set.patterns[candidate.pattern];
    const group = `${pattern?.topic ?? ''} ${String(pattern?.decoy)}`;
    const count = taken.get(group) ?? 0;
    if (count === PER_TOPIC) continue;
    taken.set(group, count + 1);
    chosen.push(candidate);
  }
  return chosen;
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
