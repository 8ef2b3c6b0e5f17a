import { CUT, INSIDE, LINE, PARAGRAPH, PAUSE, SENTENCE } from '../text/scan.ts';
import type { MarkedText } from './marked-text.ts';
import type { Pattern } from './pattern.ts';
import { REASONS } from './reading.ts';
import { ReadingStates } from './reading-states.ts';

/** A stretch of the text that a template has word for word: tokens [from, to). */
export interface Passage {
  readonly from: number;
  readonly to: number;
  /** Weight of the template's words that stand there. */
  readonly weight: number;
  readonly words: number;
}

const LONGEST_VALUE = 9;
const SLOT_WORD = 0.02;
const SENTENCE_CROSSED = 0.15;
/** Up to so many template words in a row may be a name ("Exchange Online"). */
const LONGEST_NAME = 3;
/** Likeness of a damaged word and of what a cut has left of one. */
const DAMAGED = 0.5;
const SHORTEST_PART = 3;
/** Of the words that stand there no more than this share may be damaged. */
const MOST_DAMAGED = 0.34;

let current = new ReadingStates();
let next = new ReadingStates();

/** Tokens to read, and whether they may begin anywhere in the template or only where it begins. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
  readonly anywhere: boolean;
}

/**
 * Reads the text from a token on as a piece of the template that ends anywhere in it: every word of the text is the template's next word or part of a slot's value. The first and the
 * last word may be cut off, and where the text shows a cut, words may be left out. Returns what was
 * read at each place where a line or the text ends.
 */
export function readWordForWord(
  pattern: Pattern,
  text: MarkedText,
  { from, until, anywhere }: Stretch,
): readonly Passage[] {
  if (pattern.length > ReadingStates.MOST) return [];
  const passages: Passage[] = [];
  current.clear();
  const step = new Step(pattern, text);
  let cut = INSIDE;
  for (let token = from; token < until; token++) {
    const edge = Math.max(cut, token === from ? PARAGRAPH : text.edgeAt(token));
    const behind = token + 1 === until ? PARAGRAPH : text.edgeAt(token + 1);
    // A letter or two beside a cut tell nothing.
    const torn = text.isScrap(token) && (isCut(edge) || isCut(behind));
    cut = torn && edge === CUT ? CUT : INSIDE;
    if (!torn) {
      step.moveTo(token, behind >= LINE);
      next.clear();
      if (current.live.length > 0) for (const state of current.live) step.goOn(state, edge);
      else if (anywhere) step.begin();
      else step.advance(-1);
      [current, next] = [next, current];
      if (current.live.length === 0) break;
    }
    if (behind >= LINE || behind === PAUSE) {
      const passage = heaviest(from, token + 1);
      if (passage) passages.push(passage);
    }
  }
  return passages;
}

function isCut(edge: number): boolean {
  return edge >= PARAGRAPH;
}

function heaviest(from: number, to: number): Passage | null {
  let best = -1;
  for (const state of current.live) {
    const words = current.words[state] ?? 0;
    if ((current.damaged[state] ?? 0) > words * MOST_DAMAGED) continue;
    if (best < 0 || (current.weight[state] ?? 0) > (current.weight[best] ?? 0)) best = state;
  }
  if (best < 0) return null;
  return { from, to, weight: current.weight[best] ?? 0, words: current.words[best] ?? 0 };
}

/** One token of the text, held against the places of the template that it may have. */
class Step {
  private readonly pattern: Pattern;
  private readonly text: MarkedText;
  private token = 0;
  private spelt = '';
  /** The token may be what a cut has left of a word. */
  private cutBehind = false;

  constructor(pattern: Pattern, text: MarkedText) {
    this.pattern = pattern;
    this.text = text;
  }

  moveTo(token: number, cutBehind: boolean): void {
    this.token = token;
    this.spelt = this.text.tokens.words[token] ?? '';
    this.cutBehind = cutBehind;
  }

  /** The piece begins, or goes on behind a cut, anywhere: in the middle of a word or of a name. */
  begin(state = -1): void {
    for (let at = state + 1; at < this.pattern.length; at++) {
      if (this.isSlot(at)) this.enterSlot(state, at);
      else this.enter(state, at, this.exactly(at) || (this.isPart(at, 'end') ? DAMAGED : 0));
    }
  }

  goOn(state: number, edge: number): void {
    if (edge === CUT) this.begin(state);
    if (this.isSlot(state)) this.stayInSlot(state, edge);
    else if (this.text.isSmallToken(this.token)) next.take(state, current, state, 0, 0);
    this.advance(state);
  }

  /** To the next word or slot of the template. */
  advance(state: number): void {
    for (let at = state + 1; at < this.pattern.length; at++) {
      if (this.isSlot(at)) {
        this.enterSlot(state, at);
        return;
      }
      this.enter(state, at, this.likeness(at));
      const word = this.pattern.words[at] ?? -1;
      if (this.pattern.optional[at] === 0 && !this.text.isSmallWord(word)) return;
    }
  }

  private isSlot(at: number): boolean {
    return this.pattern.words[at] === -1;
  }

  private wordAt(at: number): string {
    return this.text.wordOf(this.pattern.words[at] ?? -1);
  }

  private exactly(at: number): number {
    const { text, token } = this;
    return text.words[token] === this.pattern.words[at] ? (text.similarity[token] ?? 0) : 0;
  }

  private likeness(at: number): number {
    const { text, token } = this;
    const exact = this.exactly(at);
    if (exact > 0) return exact;
    const found = text.words[token] ?? -1;
    if (this.cutBehind && this.isPart(at, 'beginning')) return DAMAGED;
    if (found >= 0) return 0;
    if (this.spelt.length < SHORTEST_PART) return this.isSmall(at) ? DAMAGED : 0;
    return text.resembles(token, this.pattern.words[at] ?? -1) ? DAMAGED : 0;
  }

  /** A letter is wrong in "no" or "to": two letters resemble any small word. */
  private isSmall(at: number): boolean {
    return this.text.isScrap(this.token) && this.wordAt(at).length <= SHORTEST_PART;
  }

  private isPart(at: number, which: 'beginning' | 'end'): boolean {
    const { spelt } = this;
    for (const form of this.text.formsOf(this.pattern.words[at] ?? -1)) {
      if (form.length <= spelt.length) continue;
      if (which === 'end' ? form.endsWith(spelt) : form.startsWith(spelt)) return true;
    }
    return false;
  }

  private enter(state: number, at: number, likeness: number): void {
    if (likeness === 0) return;
    const word = this.pattern.words[at] ?? -1;
    let weight = this.text.tellingWeight(word);
    let reached = at;
    const second = this.text.joined[this.token] ?? -1;
    if (second >= 0 && this.pattern.words[at + 1] === second) {
      weight += this.text.tellingWeight(second);
      reached++;
    }
    next.take(reached, current, state, weight * likeness, 1, likeness <= DAMAGED ? 1 : 0);
  }

  private enterSlot(state: number, at: number): void {
    if (REASONS.has(this.spelt)) return;
    // Where the text begins, a name cannot be told from words; then words are likelier.
    const name = state < 0 ? 0 : this.text.weightAt(this.token);
    next.takeSlot(at, current, state, name - SLOT_WORD, 1, name);
  }

  /** Template words are a name while there are few; a longer value is one that has swallowed words. */
  private stayInSlot(at: number, edge: number): void {
    const run = (current.run[at] ?? 0) + 1;
    if (run > LONGEST_VALUE || edge === PARAGRAPH || REASONS.has(this.spelt)) return;
    const own = this.text.weightAt(this.token);
    const known = current.name[at] ?? 0;
    const isName = own > 0 && known > 0 && run <= LONGEST_NAME;
    const change = isName ? own : -known;
    const crossed = edge === SENTENCE ? SENTENCE_CROSSED : 0;
    next.takeSlot(at, current, at, change - SLOT_WORD - crossed, run, isName ? known + own : 0);
  }
}
