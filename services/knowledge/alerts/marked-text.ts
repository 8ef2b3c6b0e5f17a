import { CUT, PARAGRAPH, SENTENCE, type Tokens } from '../text/scan.ts';
import { COMES_AND_GOES, type PatternSet } from './pattern.ts';
import { resembles } from './resemblance.ts';
import type { Vocabulary } from './vocabulary.ts';

const UNKNOWN = -1;
const MASKED = -2;
const SCRAP = 2;

/** How many tokens with a mark stand in a stretch, for any stretch at once. */
class Counts {
  private readonly sums: Int32Array;

  /** Counts where `marks` has this mark. */
  constructor(marks: ArrayLike<number>, mark: number) {
    const sums = new Int32Array(marks.length + 1);
    for (let index = 0; index < marks.length; index++) {
      sums[index + 1] = (sums[index] ?? 0) + (marks[index] === mark ? 1 : 0);
    }
    this.sums = sums;
  }

  /** In [from, to). */
  between(from: number, to: number): number {
    return (this.sums[to] ?? 0) - (this.sums[from] ?? 0);
  }
}

/** A text whose words have been looked up in the templates' vocabulary. */
export class MarkedText {
  readonly tokens: Tokens;
  /** Counts the changes of `words`. */
  version = 0;
  /** Template word of each token, or negative. */
  readonly words: Int32Array;
  /** Second template word of a token that joins two, or negative. */
  readonly joined: Int32Array;
  readonly similarity: Float64Array;
  /** How many sentences, paragraphs and cuts begin in a stretch of the text. */
  readonly sentences: Counts;
  readonly paragraphs: Counts;
  readonly cuts: Counts;
  /** Which tokens belong to alerts that were taken out; null while none does. */
  private masked: Counts | null = null;
  private readonly source: string;
  private readonly small: Uint8Array;
  private readonly fillers: ReadonlySet<string>;
  private readonly alike = new Map<number, boolean>();
  private readonly vocabulary: Vocabulary;
  private readonly weightOf: Float64Array;
  private readonly searched: Uint8Array;

  constructor(tokens: Tokens, set: PatternSet, source: string) {
    this.source = source;
    this.small = set.small;
    this.fillers = set.fillers;
    const { vocabulary } = set;
    this.weightOf = set.weightOf;
    this.tokens = tokens;
    this.vocabulary = vocabulary;
    this.words = new Int32Array(tokens.length);
    this.joined = new Int32Array(tokens.length).fill(UNKNOWN);
    this.similarity = new Float64Array(tokens.length);
    this.searched = new Uint8Array(tokens.length);
    this.sentences = new Counts(tokens.edges, SENTENCE);
    this.paragraphs = new Counts(tokens.edges, PARAGRAPH);
    this.cuts = new Counts(tokens.edges, CUT);
    for (let index = 0; index < tokens.length; index++) {
      const word = vocabulary.exact(tokens.words[index] ?? '');
      this.words[index] = word;
      if (word >= 0) this.similarity[index] = 1;
    }
  }

  /** Looks up misspelt words too: dear, so only where a template is near. */
  searchMisspelt(from: number, to: number): void {
    for (let index = from; index < to; index++) {
      if (this.words[index] !== UNKNOWN || this.searched[index] === 1) continue;
      this.searched[index] = 1;
      const match = this.vocabulary.closest(this.tokens.words[index] ?? '');
      if (!match) continue;
      this.version++;
      this.words[index] = match.word;
      this.joined[index] = match.joined;
      this.similarity[index] = match.similarity;
    }
  }

  wordOf(id: number): string {
    return this.vocabulary.wordOf(id);
  }

  formsOf(id: number): readonly string[] {
    return this.vocabulary.formsOf(id);
  }

  /** What stands before a token; the end of the text is the strongest edge. */
  edgeAt(token: number): number {
    return token <= 0 ? PARAGRAPH : (this.tokens.edges[token] ?? PARAGRAPH);
  }

  /** A full stop stands behind the token, or behind the quotation mark that does. */
  endsSentence(token: number): boolean {
    const end = this.tokens.ends[token] ?? 0;
    return /^["”“»'*_]{0,3}[.。]/.test(this.source.slice(end, end + 4));
  }

  /** A letter or two, as a cut leaves them of a word. */
  isScrap(token: number): boolean {
    const word = this.tokens.words[token] ?? '';
    return word.length <= SCRAP && !(word >= '0' && word < ':');
  }

  isSmallWord(id: number): boolean {
    return (this.small[id] ?? 0) > 0;
  }

  /** The token stands for a small word, or for one that no template has. */
  isSmallToken(token: number): boolean {
    const id = this.words[token] ?? UNKNOWN;
    return id >= 0 ? this.isSmallWord(id) : this.fillers.has(this.tokens.words[token] ?? '');
  }

  /** What the word says where all others agree. */
  tellingWeight(id: number): number {
    return this.small[id] === COMES_AND_GOES ? 0 : (this.weightOf[id] ?? 0);
  }

  /** See {@link resembles}; remembered, because many wordings are held against the same text. */
  resembles(token: number, word: number): boolean {
    const key = token * this.weightOf.length + word;
    const known = this.alike.get(key);
    if (known !== undefined) return known;
    const alike = resembles(this.tokens.words[token] ?? '', this.wordOf(word));
    this.alike.set(key, alike);
    return alike;
  }

  /** How much the token's word says; 0 for a word that no template has. */
  weightAt(token: number): number {
    return this.weightOf[this.words[token] ?? -1] ?? 0;
  }

  /** Takes a recognised alert out, so that the next round finds the next one. */
  mask(from: number, to: number): void {
    this.version++;
    this.words.fill(MASKED, from, to);
    this.joined.fill(MASKED, from, to);
    this.masked = new Counts(this.words, MASKED);
  }

  /** How many tokens of a stretch belong to alerts that were taken out. */
  maskedBetween(from: number, to: number): number {
    return this.masked?.between(from, to) ?? 0;
  }

  isMasked(index: number): boolean {
    return this.words[index] === MASKED;
  }
}
