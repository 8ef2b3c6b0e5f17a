import type { SlotName } from '../../domain/alert.ts';
import { CUT, INSIDE, LINE, PARAGRAPH, SENTENCE } from '../text/scan.ts';
import type { Alignment, Anchor } from './align.ts';
import type { MarkedText } from './marked-text.ts';
import { type Pattern, RECEIVING, SENDING } from './pattern.ts';
import { isFragment, resembles } from './resemblance.ts';

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

/** What an alignment explains of the template and of the text, and what contradicts it. */
export interface Explanation {
  readonly alignment: Alignment;
  readonly from: number;
  readonly to: number;
  readonly matched: number;
  readonly missing: number;
  readonly missingBefore: number;
  readonly missingAfter: number;
  /** Weight of the template's sentences that follow the one in which the alignment ends. */
  readonly laterSentences: number;
  /** Weight of template words in whose place the text has other words. */
  readonly contradicted: number;
  /** Weight of the text's own words, between and right behind the template's, that it does not have. */
  readonly unexplained: number;
  /** The first anchor is preceded only by what may be the rest of a slot's value. */
  readonly startsInSlot: boolean;
  readonly anchoredTokens: number;
  readonly slotTokens: number;
  readonly startsAtEdge: boolean;
  readonly endsAtEdge: boolean;
  readonly slots: readonly SlotSpan[];
  /** {@link SENDING} and {@link RECEIVING} bits seen. */
  readonly direction: number;
}

/** Part of a damaged word's weight that still counts. */
const RESEMBLANCE = 0.6;
const CONTRADICTION = 0.3;
const LONGEST_OPEN_SLOT = 9;
const FEWEST_CUT_OUT = 4;
const MOST_FRAGMENTS = 3;
const FRAGMENT_WORDS = 6;
/** Part of their weight that words in a cut-out middle cost. */
const CUT_OUT = 0.25;
/** Weight of a word in the text that no template has. */
const UNKNOWN_WORD = 0.2;
const EDGE_WORDS = 3;
const EDGE_TOKENS = 5;

export function explain(
  alignment: Alignment,
  text: MarkedText,
  fillers: ReadonlySet<string>,
): Explanation {
  return new Explainer(alignment, text, fillers).explanation();
}

function weightAt(pattern: Pattern, position: number): number {
  return pattern.weightBefore[position] ?? 0;
}

class Explainer {
  private readonly alignment: Alignment;
  private readonly pattern: Pattern;
  private readonly text: MarkedText;
  private readonly fillers: ReadonlySet<string>;
  private readonly slots: SlotSpan[] = [];
  private matched = 0;
  private missing = 0;
  private contradicted = 0;
  private unexplained = 0;
  private direction = 0;

  constructor(alignment: Alignment, text: MarkedText, fillers: ReadonlySet<string>) {
    this.alignment = alignment;
    this.pattern = alignment.pattern;
    this.text = text;
    this.fillers = fillers;
  }

  explanation(): Explanation {
    const { anchors } = this.alignment;
    const { pattern, text } = this;
    let previous: Anchor | null = null;
    for (const anchor of anchors) {
      this.matched += (pattern.weights[anchor.position] ?? 0) * anchor.similarity;
      this.direction |= pattern.directionBits[anchor.position] ?? 0;
      if (previous) this.gap(previous, anchor);
      previous = anchor;
    }
    const first = anchors[0] ?? { position: 0, token: 0, similarity: 0 };
    const last = previous ?? first;
    const from = this.leadingSlot(first);
    const to = this.trailingSlot(last);
    const startsAtEdge = this.isEdge(from) || this.startsWithFragment(from, first.position);
    const endsAtEdge = this.isEdge(to) || this.endsWithFragment(to, last.position);
    if (!startsAtEdge && text.tokens.edges[first.token] === INSIDE) {
      this.contradictedEdge(first.position - 1, -1, first.token - EDGE_TOKENS, first.token);
    }
    if (!endsAtEdge && text.tokens.edges[last.token + 1] === INSIDE) {
      this.contradictedEdge(last.position + 1, 1, last.token + 1, last.token + 1 + EDGE_TOKENS);
    }
    if (!endsAtEdge) this.countAfterSentence(last);
    let sentenceEnd = last.position + 1;
    while (sentenceEnd < pattern.length && pattern.sentenceStarts[sentenceEnd] === 0) sentenceEnd++;
    return {
      alignment: this.alignment,
      from,
      to,
      matched: this.matched,
      missing: this.missing,
      missingBefore: weightAt(pattern, first.position),
      missingAfter: weightAt(pattern, sentenceEnd) - weightAt(pattern, last.position + 1),
      laterSentences: pattern.totalWeight - weightAt(pattern, sentenceEnd),
      contradicted: this.contradicted,
      unexplained: this.unexplained,
      startsInSlot: from < first.token,
      anchoredTokens: anchors.length,
      slotTokens: this.slots.reduce((sum, slot) => sum + slot.to - slot.from, 0),
      startsAtEdge,
      endsAtEdge,
      slots: this.slots,
      direction: this.direction & (SENDING | RECEIVING),
    };
  }

  private isEdge(token: number): boolean {
    return token <= 0 || (this.text.tokens.edges[token] ?? LINE) >= LINE;
  }

  /** Up to the edge stand only ends of words that the template has in front of the first anchor. */
  private startsWithFragment(token: number, position: number): boolean {
    const lowest = Math.max(0, position - FRAGMENT_WORDS);
    for (let at = token - 1; at >= token - MOST_FRAGMENTS; at--) {
      const part = this.token(at);
      if (!this.isAmong(lowest, position, (word) => word === part || word.endsWith(part)))
        return false;
      if (this.isEdge(at)) return true;
    }
    return false;
  }

  private endsWithFragment(token: number, position: number): boolean {
    const highest = Math.min(this.pattern.length, position + 1 + FRAGMENT_WORDS);
    for (let at = token; at < token + MOST_FRAGMENTS; at++) {
      const part = this.token(at);
      if (!this.isAmong(position + 1, highest, (word) => word.startsWith(part))) return false;
      if (this.isEdge(at + 1)) return true;
    }
    return false;
  }

  private isAmong(from: number, until: number, test: (word: string) => boolean): boolean {
    for (let at = from; at < until; at++) if (test(this.word(at))) return true;
    return false;
  }

  private token(index: number): string {
    return this.text.tokens.words[index] ?? '';
  }

  private word(position: number): string {
    const id = this.pattern.words[position] ?? -1;
    return id < 0 ? '' : this.text.wordOf(id);
  }

  private weight(position: number): number {
    return this.pattern.optional[position] === 1 ? 0 : (this.pattern.weights[position] ?? 0);
  }

  /** Between two anchors: words that are damaged, missing or other than the template's, and slots. */
  private gap(left: Anchor, right: Anchor): void {
    const firstSlot = this.slotPosition(left.position + 1, right.position, 1);
    if (this.isCut(left, right)) {
      this.cutOut(left, right, firstSlot);
      return;
    }
    if (firstSlot < 0) {
      this.compare(left.position + 1, right.position, left.token + 1, right.token);
      return;
    }
    const lastSlot = this.slotPosition(right.position - 1, left.position, -1);
    const from = this.stripLeft(left.position + 1, firstSlot, left.token + 1, right.token);
    const to = this.withoutNextSentence(
      lastSlot,
      from,
      this.stripRight(lastSlot + 1, right.position, from, right.token),
    );
    if (firstSlot !== lastSlot) {
      this.twoSlots(firstSlot, lastSlot, from, to);
      return;
    }
    const exact = firstSlot === left.position + 1 && lastSlot === right.position - 1;
    this.addSlot(firstSlot, from, to, exact ? 3 : 2);
  }

  /** Many words of the template are missing, and the text has an ellipsis or nearly nothing there. */
  private isCut(left: Anchor, right: Anchor): boolean {
    if (right.position - left.position - 1 < FEWEST_CUT_OUT) return false;
    for (let token = left.token + 1; token <= right.token; token++) {
      if (this.text.tokens.edges[token] === CUT) return true;
    }
    return right.token - left.token - 1 <= MOST_FRAGMENTS - 1;
  }

  /** What was cut out is not missing; a slot in front of the cut may be whole. */
  private cutOut(left: Anchor, right: Anchor, firstSlot: number): void {
    for (let at = left.position + 1; at < right.position; at++) {
      this.missing += this.weight(at) * CUT_OUT;
    }
    let cut = left.token + 1;
    while (cut < right.token && this.text.tokens.edges[cut] !== CUT) cut++;
    if (firstSlot === left.position + 1) this.addSlot(firstSlot, left.token + 1, cut, 1);
    if (firstSlot >= 0 && this.pattern.words[right.position - 1] === -1) {
      this.addSlot(right.position - 1, cut, right.token, 1);
    }
  }

  private addSlot(position: number, from: number, to: number, certainty: 1 | 2 | 3): void {
    const slot = this.pattern.slots[position];
    if (!slot || to <= from) return;
    const endsSentence = this.pattern.sentenceEnds[position] === 1;
    this.slots.push({ slot, from, to, certainty, endsSentence });
  }

  private slotPosition(from: number, until: number, step: 1 | -1): number {
    for (let position = from; position !== until; position += step) {
      if (this.pattern.words[position] === -1) return position;
    }
    return -1;
  }

  /** The words between two slots are missing: the middle was cut out, and no border is known. */
  private twoSlots(firstSlot: number, lastSlot: number, from: number, to: number): void {
    for (let position = firstSlot + 1; position < lastSlot; position++) {
      this.missing += this.weight(position);
    }
    let cut = from + 1;
    while (cut < to && (this.text.tokens.edges[cut] ?? INSIDE) < LINE) cut++;
    if (cut < to) this.addSlot(firstSlot, from, cut, 1);
  }

  /** No slot between: every template word has a place in the text, or has lost it to another word. */
  private compare(
    position: number,
    untilPosition: number,
    token: number,
    untilToken: number,
  ): void {
    let next = token;
    for (let at = position; at < untilPosition; at++) {
      const weight = this.weight(at);
      const word = this.word(at);
      let found = -1;
      for (let index = next; index < untilToken && found < 0; index++) {
        if (resembles(this.token(index), word)) found = index;
      }
      if (found >= 0) {
        this.countUnexplained(next, found);
        next = found + 1;
        this.matched += weight * RESEMBLANCE;
      } else if (this.pattern.optional[at] === 0) {
        this.missing += weight;
        const other = untilToken > token && word.length > 3;
        if (other) this.contradicted += Math.max(weight, CONTRADICTION);
      }
    }
    this.countUnexplained(next, untilToken);
  }

  private countUnexplained(from: number, until: number): void {
    for (let token = from; token < until; token++) {
      this.unexplained += Math.max(UNKNOWN_WORD, this.text.weightAt(token));
    }
  }

  /** The template's sentence is at its end, the text's is not. */
  private countAfterSentence(last: Anchor): void {
    const next = last.position + 1;
    if (next < this.pattern.length && this.pattern.sentenceStarts[next] === 0) return;
    let until = last.token + 1;
    const { edges, length } = this.text.tokens;
    while (until < length && until <= last.token + EDGE_WORDS && edges[until] === INSIDE) until++;
    this.countUnexplained(last.token + 1, until);
  }

  /** Words in front of a slot that the text has damaged are not part of the value. */
  private stripLeft(position: number, slot: number, token: number, untilToken: number): number {
    let from = token;
    for (let at = position; at < slot; at++) {
      if (from < untilToken && this.standsFor(from, at)) {
        from++;
        this.matched += this.weight(at) * RESEMBLANCE;
      } else this.missing += this.weight(at);
    }
    return from;
  }

  /** "… Q3 report. The" – the small word behind the full stop begins the template's next sentence. */
  private withoutNextSentence(slot: number, from: number, to: number): number {
    const last = to - 1;
    const extra =
      this.pattern.sentenceEnds[slot] === 1 &&
      last > from &&
      this.text.tokens.edges[last] === SENTENCE &&
      this.fillers.has(this.token(last));
    return extra ? last : to;
  }

  private stripRight(position: number, until: number, fromToken: number, token: number): number {
    let to = token;
    for (let at = until - 1; at >= position; at--) {
      if (to > fromToken && this.standsFor(to - 1, at)) {
        to--;
        this.matched += this.weight(at) * RESEMBLANCE;
      } else this.missing += this.weight(at);
    }
    return to;
  }

  /** A damaged form of the word, or another small word in its place ("was" for "has been"). */
  private standsFor(token: number, position: number): boolean {
    const found = this.token(token);
    const word = this.word(position);
    return resembles(found, word) || (this.fillers.has(found) && this.fillers.has(word));
  }

  /** The text was cut inside or in front of the slot that precedes the first anchor. */
  private leadingSlot(first: Anchor): number {
    const slot = this.slotPosition(first.position - 1, -1, -1);
    if (slot < 0 || first.position - slot > EDGE_WORDS) return first.token;
    let to = first.token;
    for (let at = first.position - 1; at > slot; at--) {
      if (to > 0 && !this.isEdge(to) && this.standsFor(to - 1, at)) to--;
    }
    let from = to;
    while (
      from > 0 &&
      to - from < LONGEST_OPEN_SLOT &&
      (this.text.tokens.edges[from] ?? 0) === INSIDE
    ) {
      if (this.text.isMasked(from - 1)) break;
      from--;
    }
    if (from > 0 && (this.text.tokens.edges[from] ?? 0) < LINE) return first.token;
    const before = slot > 0 ? this.word(slot - 1) : '';
    if (before !== '' && (this.token(from) === before || isFragment(this.token(from), before)))
      from++;
    this.addSlot(slot, from, to, 1);
    return from;
  }

  /** The text ends inside or behind the slot that follows the last anchor. */
  private trailingSlot(last: Anchor): number {
    const end = last.token + 1;
    const slot = this.slotPosition(last.position + 1, this.pattern.length, 1);
    if (slot < 0 || slot - last.position > EDGE_WORDS) return end;
    let from = end;
    for (let at = last.position + 1; at < slot; at++) {
      if (from < this.text.tokens.length && this.standsFor(from, at)) from++;
    }
    let to = from;
    const { edges, length } = this.text.tokens;
    while (
      to < length &&
      to - from < LONGEST_OPEN_SLOT &&
      (edges[to] ?? 0) < (to === from ? PARAGRAPH : SENTENCE)
    ) {
      if (this.text.isMasked(to) || this.beginsWords(slot + 1, to)) break;
      to++;
    }
    if (to <= from) return end;
    this.addSlot(slot, from, to, 1);
    return to;
  }

  /** The template's words behind an open slot, in another form, end its value. */
  private beginsWords(position: number, token: number): boolean {
    for (let at = position; at < position + EDGE_WORDS && at < this.pattern.length; at++) {
      if (this.pattern.words[at] === -1) return false;
      if (this.standsFor(token, at)) return true;
    }
    return false;
  }

  /** The sentence goes on where the alignment ends, and it goes on in other words. */
  private contradictedEdge(
    position: number,
    step: 1 | -1,
    fromToken: number,
    toToken: number,
  ): void {
    let compared = 0;
    for (let at = position; at >= 0 && at < this.pattern.length; at += step) {
      if (compared === EDGE_WORDS || this.pattern.words[at] === -1) return;
      const crossed = this.pattern.sentenceStarts[step === 1 ? at : at + 1] === 1;
      if (crossed) return;
      const word = this.word(at);
      if (this.pattern.optional[at] === 1 || word.length <= 3) continue;
      compared++;
      let found = false;
      for (let token = Math.max(0, fromToken); token < toToken && !found; token++) {
        found = resembles(this.token(token), word);
      }
      if (!found) this.contradicted += Math.max(this.weight(at), CONTRADICTION);
    }
  }
}
