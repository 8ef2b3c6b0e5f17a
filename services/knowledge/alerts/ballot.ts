import type { MarkedText } from './marked-text.ts';
import type { Pattern } from './pattern.ts';

/** A pattern and its votes in one stretch of text. */
export interface Elected {
  readonly pattern: number;
  /** Weight of the pattern's words that stand there: more than this no alignment can match. */
  readonly reached: number;
  /** The same less what the pattern misses; the elected are ranked by it. */
  readonly votes: number;
}

const LEAST_VOTES = 0.6;
const LEAST_WORDS = 3;
const LEAST_WEIGHT = 0.9;
/** How an election is decided. */
export interface Election {
  readonly most: number;
  /** The best few of every topic before more of the same: wordings of one topic crowd out the rest. */
  readonly perTopic: number;
  /** What each unit of weight that a pattern misses costs it. */
  readonly missing: number;
}

/**
 * So many single votes are counted, those of rare words first: with thousands of articles the common
 * words have endless lists and tell nothing.
 */
const MOST_COUNTED = 3000;
const MOST_HAVING = 200;

/**
 * Every word votes for the patterns that have it, with its weight. The arrays are as long as there
 * are words and patterns, so they are kept; between two elections everything in them is zero.
 */
export class Ballot {
  private readonly weightOf: Float64Array;
  private readonly postings: readonly Int32Array[];
  private readonly totals: Float64Array;
  private readonly groups: Int32Array;
  private readonly reached: Float64Array;
  private readonly seen: Uint8Array;
  private readonly inGroup: Uint8Array;
  /** Patterns with a vote; as many as counted. */
  private readonly touched: Int32Array;
  private counted = 0;

  constructor(
    patterns: readonly Pattern[],
    postings: readonly Int32Array[],
    weightOf: Float64Array,
  ) {
    this.weightOf = weightOf;
    this.postings = postings;
    this.totals = Float64Array.from(patterns, ({ totalWeight }) => totalWeight);
    const groups = new Map<string, number>();
    this.groups = Int32Array.from(patterns, ({ topic, decoy }) => {
      const key = decoy ? `${topic} decoy` : topic;
      const group = groups.get(key) ?? groups.size;
      groups.set(key, group);
      return group;
    });
    this.reached = new Float64Array(patterns.length);
    this.touched = new Int32Array(patterns.length);
    this.seen = new Uint8Array(weightOf.length);
    this.inGroup = new Uint8Array(groups.size);
  }

  /** The patterns that the tokens [from, to) speak for, best first. */
  elect(text: MarkedText, from: number, to: number, election: Election): readonly Elected[] {
    const words = this.wordsOf(text, from, to);
    let weight = 0;
    for (const word of words) weight += this.weightOf[word] ?? 0;
    if (words.length < LEAST_WORDS || weight < LEAST_WEIGHT) return [];
    this.count(words);
    const elected = this.best(election);
    for (let index = 0; index < this.counted; index++) {
      this.reached[this.touched[index] ?? 0] = 0;
    }
    return elected;
  }

  /**
   * The patterns that have as much of the words of [from, to) as any has, give or take `shortfall`. Where
   * there are too many, the words tell nothing, and the first of them will do.
   */
  havingMost(text: MarkedText, from: number, to: number, shortfall: number): readonly Elected[] {
    this.count(this.wordsOf(text, from, to));
    let best = 0;
    for (let index = 0; index < this.counted; index++) {
      best = Math.max(best, this.reached[this.touched[index] ?? 0] ?? 0);
    }
    const having: Elected[] = [];
    for (let index = 0; index < this.counted; index++) {
      const pattern = this.touched[index] ?? 0;
      const reached = this.reached[pattern] ?? 0;
      if (reached >= best - shortfall) having.push({ pattern, reached, votes: reached });
      this.reached[pattern] = 0;
    }
    if (having.length <= MOST_HAVING) return having;
    return having.sort((a, b) => b.reached - a.reached).slice(0, MOST_HAVING);
  }

  private wordsOf(text: MarkedText, from: number, to: number): number[] {
    const words: number[] = [];
    const { seen } = this;
    const add = (word: number): void => {
      if (word < 0 || seen[word] === 1) return;
      seen[word] = 1;
      words.push(word);
    };
    for (let token = from; token < to; token++) {
      add(text.words[token] ?? -1);
      add(text.joined[token] ?? -1);
    }
    for (const word of words) seen[word] = 0;
    return words;
  }

  private count(words: number[]): void {
    const { postings, reached, touched, weightOf } = this;
    let patterns = 0;
    let left = 0;
    for (const word of words) left += postings[word]?.length ?? 0;
    if (left > MOST_COUNTED) {
      words.sort((a, b) => (postings[a]?.length ?? 0) - (postings[b]?.length ?? 0));
    }
    let counted = 0;
    for (const word of words) {
      const list = postings[word];
      if (!list) continue;
      counted += list.length;
      if (counted > MOST_COUNTED && patterns > 0) break;
      const weight = weightOf[word] ?? 0;
      for (let index = 0; index < list.length; index++) {
        const pattern = list[index] ?? 0;
        const known = reached[pattern] ?? 0;
        if (known === 0) touched[patterns++] = pattern;
        reached[pattern] = known + weight;
      }
    }
    this.counted = patterns;
  }

  /** A short list in order, kept by insertion: nearly all are turned away by the last on it. */
  private best({ most, perTopic, missing }: Election): readonly Elected[] {
    const { groups, inGroup } = this;
    const elected: Elected[] = [];
    for (let index = 0; index < this.counted; index++) {
      const pattern = this.touched[index] ?? 0;
      const reached = this.reached[pattern] ?? 0;
      if (reached < LEAST_VOTES) continue;
      const votes = reached - missing * Math.max(0, (this.totals[pattern] ?? 0) - reached);
      if (elected.length === most && votes <= (elected[most - 1]?.votes ?? 0)) continue;
      const group = groups[pattern] ?? 0;
      let out = elected.length === most ? most - 1 : -1;
      if (inGroup[group] === perTopic) {
        out = elected.length - 1;
        while (groups[elected[out]?.pattern ?? 0] !== group) out--;
        if ((elected[out]?.votes ?? 0) >= votes) continue;
      }
      if (out >= 0) {
        const left = groups[elected[out]?.pattern ?? 0] ?? 0;
        inGroup[left] = (inGroup[left] ?? 1) - 1;
        elected.splice(out, 1);
      }
      inGroup[group] = (inGroup[group] ?? 0) + 1;
      let at = elected.length;
      while (at > 0 && (elected[at - 1]?.votes ?? 0) < votes) at--;
      elected.splice(at, 0, { pattern, reached, votes });
    }
    for (const { pattern } of elected) inGroup[groups[pattern] ?? 0] = 0;
    return elected;
  }
}
