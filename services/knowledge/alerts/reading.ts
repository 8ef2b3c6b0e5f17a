import type { SlotName } from '../../domain/alert.ts';
import { LINE, PARAGRAPH } from '../text/scan.ts';
import type { MarkedText } from './marked-text.ts';
import type { Pattern } from './pattern.ts';
import { resembles } from './resemblance.ts';

/** Where a slot's value stands: tokens [from, to), and how well its borders are known. */
export interface SlotSpan {
  readonly slot: SlotName;
  readonly from: number;
  readonly to: number;
  /** 3: the template's own words on both sides; 2: damaged words; 1: the text begins or ends here. */
  readonly certainty: 1 | 2 | 3;
  /** The template's sentence ends with the slot: a full stop behind it is the template's. */
  readonly endsSentence: boolean;
}

/** Weight of a word in the text that no template has. */
const UNKNOWN_WORD = 0.2;
/** Part of a damaged word's weight that still counts. */
const RESEMBLANCE = 0.6;
const REASON = 2;
const SHORTEST_REASON = 3;
const OMITTED = 0.5;
const OWN_OMITTED = 0.7;
/** What another word in the place of a template's costs at least. */
const CONTRADICTION = 0.3;

/** A name has no reason: behind one of these begins another alert's clause. */
export const REASONS = new Set([
  'because',
  'eftersom',
  'weil',
  'perche',
  'parce',
  'protoze',
  'poniewaz',
]);

/** A template held against a text, and what has been found so far. */
export class Reading {
  readonly pattern: Pattern;
  readonly text: MarkedText;
  readonly fillers: ReadonlySet<string>;
  readonly slots: SlotSpan[] = [];
  matched = 0;
  missing = 0;
  /** Weight of the topic's own words that are there, and that are missing though no cut excuses it. */
  ownMatched = 0;
  ownMissing = 0;
  /** Weight of words that stood where the text shows a cut. */
  cutOut = 0;
  /** Tokens that are what a cut left of words. */
  fragments = 0;
  contradicted = 0;
  unexplained = 0;

  constructor(pattern: Pattern, text: MarkedText, fillers: ReadonlySet<string>) {
    this.pattern = pattern;
    this.text = text;
    this.fillers = fillers;
  }

  token(index: number): string {
    return this.text.tokens.words[index] ?? '';
  }

  /** What stands before a token; the end of the text is the strongest edge. */
  edge(index: number): number {
    return index <= 0 ? PARAGRAPH : (this.text.tokens.edges[index] ?? PARAGRAPH);
  }

  isEdge(token: number): boolean {
    return this.edge(token) >= LINE;
  }

  word(position: number): string {
    const id = this.pattern.words[position] ?? -1;
    return id < 0 ? '' : this.text.wordOf(id);
  }

  /** The word and those that product versions use for it. */
  forms(position: number): readonly string[] {
    return this.text.formsOf(this.pattern.words[position] ?? -1);
  }

  isSlot(position: number): boolean {
    return this.pattern.words[position] === -1;
  }

  isOptional(position: number): boolean {
    return this.pattern.optional[position] === 1;
  }

  weight(position: number): number {
    return this.isOptional(position) ? 0 : (this.pattern.weights[position] ?? 0);
  }

  /** The first slot from `from` towards `until`, or -1. */
  slotPosition(from: number, until: number, step: 1 | -1): number {
    for (let position = from; position !== until; position += step) {
      if (this.isSlot(position)) return position;
    }
    return -1;
  }

  /** A damaged form of the word, or another small word in its place ("was" for "has been"). */
  standsFor(token: number, position: number): boolean {
    const found = this.token(token);
    const word = this.word(position);
    return resembles(found, word) || (this.fillers.has(found) && this.fillers.has(word));
  }

  addSlot(position: number, from: number, to: number, certainty: 1 | 2 | 3): void {
    const slot = this.pattern.slots[position];
    if (!slot || to < from || (to === from && certainty < 3)) return;
    const endsSentence = this.pattern.sentenceEnds[position] === 1;
    if (slot !== 'subject') this.countReason(from, to);
    this.slots.push({ slot, from, to, certainty, endsSentence });
  }

  /** "for the mailbox Anna because the font is missing": from the reason on it is no name. */
  private countReason(from: number, to: number): void {
    for (let token = from + 1; token < to - SHORTEST_REASON; token++) {
      if (!REASONS.has(this.token(token))) continue;
      this.contradicted += REASON;
      this.countUnexplained(token, to);
      return;
    }
  }

  countMissing(position: number): void {
    this.missing += this.weight(position);
    this.ownMissing += this.pattern.own[position] ?? 0;
  }

  /** Left out, with nothing in its place. */
  countOmitted(position: number): void {
    this.missing += this.weight(position) * OMITTED;
    this.ownMissing += (this.pattern.own[position] ?? 0) * OWN_OMITTED;
  }

  /** The text shows that it was cut there. */
  countCutOut(position: number): void {
    this.cutOut += this.weight(position);
  }

  countDamaged(position: number): void {
    this.matched += this.weight(position) * RESEMBLANCE;
    this.ownMatched += (this.pattern.own[position] ?? 0) * RESEMBLANCE;
  }

  countContradiction(position: number): void {
    this.contradicted += Math.max(this.weight(position), CONTRADICTION);
  }

  countUnexplained(from: number, until: number): void {
    for (let token = from; token < until; token++) {
      this.unexplained += Math.max(UNKNOWN_WORD, this.text.weightAt(token));
    }
  }
}
