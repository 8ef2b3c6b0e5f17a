import type { MarkedText } from './marked-text.ts';

const NONE = -1;

/**
 * Where each template word stands among the tokens [from, to) of a text. Every candidate of a block
 * asks for the same window, so it is made once; the array by word is as long as the vocabulary and kept.
 */
export class TokenWindow {
  private readonly first: Int32Array;
  private text: MarkedText | null = null;
  private version = 0;
  private from = 0;
  private to = 0;
  private next = new Int32Array(0);
  private words: number[] = [];

  constructor(words: number) {
    this.first = new Int32Array(words).fill(NONE);
  }

  open(text: MarkedText, from: number, to: number): void {
    const same = this.text === text && this.version === text.version;
    if (same && this.from === from && this.to === to) return;
    for (const word of this.words) this.first[word] = NONE;
    this.words = [];
    this.text = text;
    this.version = text.version;
    this.from = from;
    this.to = to;
    // Two places a token: its word, and a second one where the text had joined two.
    if (this.next.length < 2 * (to - from)) this.next = new Int32Array(2 * (to - from));
    for (let token = to - 1; token >= from; token--) {
      this.add(text.words[token] ?? NONE, 2 * (token - from));
      this.add(text.joined[token] ?? NONE, 2 * (token - from) + 1);
    }
  }

  private add(word: number, place: number): void {
    if (word < 0) return;
    const first = this.first[word] ?? NONE;
    if (first === NONE) this.words.push(word);
    this.next[place] = first;
    this.first[word] = place;
  }

  /** The first place of a word, or a negative number. */
  firstOf(word: number): number {
    return this.first[word] ?? NONE;
  }

  nextOf(place: number): number {
    return this.next[place] ?? NONE;
  }

  tokenOf(place: number): number {
    return this.from + (place >> 1);
  }
}
