import type { SlotName } from '../../domain/alert.ts';
import { INSIDE, LINE } from '../text/scan.ts';
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
  /** Weight of template words in whose place the text has other words. */
  readonly contradicted: number;
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
const EDGE_WORDS = 3;
const EDGE_TOKENS = 5;

export function explain(
  alignment: Alignment,
  text: MarkedText,
  fillers: ReadonlySet<string>,
): Explanation {
  return new Explainer(alignment, text, fillers).explanation();
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
    let from = first.token;
    let to = last.token + 1;
    const startsAtEdge = this.isEdge(from) || this.isEdge(from - 1);
    const endsAtEdge = to >= text.tokens.length - 1 || this.isEdge(to) || this.isEdge(to + 1);
    from = this.leadingSlot(first);
    to = this.trailingSlot(last);
    if (!startsAtEdge && text.tokens.edges[first.token] === INSIDE) {
      this.contradictedEdge(first.position - 1, -1, first.token - EDGE_TOKENS, first.token);
    }
    if (!endsAtEdge && text.tokens.edges[last.token + 1] === INSIDE) {
      this.contradictedEdge(last.position + 1, 1, last.token + 1, last.token + 1 + EDGE_TOKENS);
    }
    return {
      alignment: this.alignment,
      from,
      to,
      matched: this.matched,
      missing: this.missing,
      missingBefore: pattern.weightBefore[first.position] ?? 0,
      missingAfter: pattern.totalWeight - (pattern.weightBefore[last.position + 1] ?? 0),
      contradicted: this.contradicted,
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
    if (firstSlot < 0) {
      this.compare(left.position + 1, right.position, left.token + 1, right.token);
      return;
    }
    const lastSlot = this.slotPosition(right.position - 1, left.position, -1);
    const from = this.stripLeft(left.position + 1, firstSlot, left.token + 1, right.token);
    const to = this.stripRight(lastSlot + 1, right.position, from, right.token);
    if (firstSlot !== lastSlot) {
      this.twoSlots(firstSlot, lastSlot, from, to);
      return;
    }
    const exact = firstSlot === left.position + 1 && lastSlot === right.position - 1;
    this.addSlot(firstSlot, from, to, exact ? 3 : 2);
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
        next = found + 1;
        this.matched += weight * RESEMBLANCE;
      } else if (this.pattern.optional[at] === 0) {
        this.missing += weight;
        const other = untilToken > token && word.length > 3;
        if (other) this.contradicted += Math.max(weight, CONTRADICTION);
      }
    }
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
    while (to < length && to - from < LONGEST_OPEN_SLOT && (to === from || edges[to] === INSIDE)) {
      if (this.text.isMasked(to)) break;
      to++;
    }
    if (to <= from) return end;
    this.addSlot(slot, from, to, 1);
    return to;
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
