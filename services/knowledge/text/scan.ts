import { foldCharacter, GAP, IGNORED } from './fold-character.ts';
import { createTagReader, entityAt } from './markup.ts';
import { mojibakeAt, startsMojibake } from './mojibake.ts';
import {
  capitalAfterWord,
  continuesInLowerCase,
  isLetter,
  isSpace,
  isWordCode,
} from './word-shape.ts';
import { finishNow, type Steps } from './work-in-steps.ts';

/** What stands before a token. */
export const INSIDE = 0;
/** A quotation mark, colon, semicolon or the border of a table. */
const PAUSE = 1;
export const SENTENCE = 2;
export const LINE = 3;
export const PARAGRAPH = 4;
/** An ellipsis: something was cut out here. */
export const CUT = 5;

/** A text as words: folded (lower case, no diacritics) and where each stood in the original. */
export interface Tokens {
  readonly words: readonly string[];
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly edges: Uint8Array;
  readonly length: number;
}

const LONGEST_WORD = 64;
const CHARACTERS_A_STEP = 2048;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const APOSTROPHES = new Set([0x27, 0x2019, 0x2018, 0xb4, 0x60, 0x2bc]);
const HYPHENS = new Set([0x2d, 0x2010, 0x2011, 0x2012, 0x2013, 0x2014]);
const SENTENCE_MARKS = new Set([0x2e, 0x21, 0x3f]);
const PAUSES = new Set([0x3a, 0x3b, 0x22, 0x201c, 0x201d, 0x201e, 0xab, 0xbb, 0x7c]);
const COLON = 0x3a;
const ELLIPSIS = 0x2026;
const VERTICAL_BAR = 0x7c;

/**
 * One pass over the text, no backtracking: tags, entities, Windows-1252 accidents, invisible
 * characters, quoting prefixes and apostrophes are dealt with on the way. Time is linear in the
 * text, whatever it holds.
 */
export function scan(text: string): Tokens {
  return finishNow(scanInSteps(text));
}

/** The same with a pause every few thousand characters. */
export function* scanInSteps(text: string): Steps<Tokens> {
  const scanner = new Scanner(text);
  while (scanner.run(CHARACTERS_A_STEP)) yield;
  return scanner.tokens();
}

class Scanner {
  private readonly text: string;
  private readonly tagAt: ReturnType<typeof createTagReader>;
  private readonly words: string[] = [];
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private readonly edges: number[] = [];
  private word = '';
  private start = 0;
  private end = 0;
  private edge: number = PARAGRAPH;
  private index = 0;

  constructor(text: string) {
    this.text = text;
    this.tagAt = createTagReader(text);
  }

  /** Reads on for about this many characters; false at the end of the text. */
  run(characters: number): boolean {
    const { text } = this;
    const until = this.index + characters;
    let { index } = this;
    while (index < text.length && index < until) {
      const code = text.charCodeAt(index);
      const lower = code | 32;
      if ((lower >= 97 && lower <= 122 && code < 128) || (code >= 48 && code <= 57)) {
        index = this.plainRun(index);
      } else {
        index = this.special(code, index);
      }
    }
    this.index = index;
    if (index < text.length) return true;
    this.finishWord();
    return false;
  }

  tokens(): Tokens {
    return {
      words: this.words,
      starts: Int32Array.from(this.starts),
      ends: Int32Array.from(this.ends),
      edges: Uint8Array.from(this.edges),
      length: this.words.length,
    };
  }

  /** ASCII letters and digits: sliced rather than appended one by one. */
  private plainRun(from: number): number {
    const { text } = this;
    let index = from + 1;
    for (; index < text.length; index++) {
      const code = text.charCodeAt(index);
      const lower = code | 32;
      if (!((lower >= 97 && lower <= 122 && code < 128) || (code >= 48 && code <= 57))) break;
    }
    const cut = capitalAfterWord(text, from, index);
    if (cut > 0) {
      this.append(text.slice(from, cut).toLowerCase(), from, cut);
      this.finishWord();
    }
    const start = cut > 0 ? cut : from;
    this.append(text.slice(start, index).toLowerCase(), start, index);
    return index;
  }

  /** Anything but a plain letter or digit; returns the index to go on from. */
  private special(code: number, index: number): number {
    switch (code) {
      case 0x20:
        this.finishWord();
        return index + 1;
      case LINE_FEED:
      case CARRIAGE_RETURN:
        return this.lineBreak(index);
      case 0x26:
        return this.reference(index);
      case 0x3c:
        return this.angleBracket(index);
      case VERTICAL_BAR:
        return this.verticalBar(index);
    }
    if (APOSTROPHES.has(code)) return this.apostrophe(index);
    if (SENTENCE_MARKS.has(code) || code === ELLIPSIS) return this.sentenceMark(code, index);
    if (startsMojibake(code)) {
      const found = mojibakeAt(this.text, index);
      if (found) {
        this.letters(found.character, index, index + found.length);
        return index + found.length;
      }
    }
    this.letter(code, index, index + 1);
    return index + 1;
  }

  private letter(code: number, start: number, end: number): void {
    const folded = foldCharacter(code);
    if (folded === IGNORED) return;
    if (folded !== GAP) {
      this.append(folded, start, end);
      return;
    }
    this.finishWord();
    // A colon inside "http://" or "10:30" is no pause.
    const inside = code === COLON && !isSpace(this.text.charCodeAt(end));
    if (PAUSES.has(code) && !inside) this.mark(PAUSE);
  }

  private letters(value: string, start: number, end: number): void {
    for (let index = 0; index < value.length; index++) {
      this.letter(value.charCodeAt(index), start, end);
    }
  }

  private append(letters: string, start: number, end: number): void {
    if (this.word === '') this.start = start;
    this.word += letters;
    this.end = end;
  }

  private finishWord(): void {
    if (this.word === '') return;
    if (this.joinsEmail()) {
      const last = this.words.length - 1;
      this.words[last] = `e${this.word.replace('0', 'o')}`;
      this.ends[last] = this.end;
    } else {
      this.words.push(
        this.word.length > LONGEST_WORD ? this.word.slice(0, LONGEST_WORD) : this.word,
      );
      this.starts.push(this.start);
      this.ends.push(this.end);
      this.edges.push(this.edge);
    }
    this.edge = INSIDE;
    this.word = '';
  }

  /** "e-post", "e‑post", "e post", "e-p0st" and "e-mail" are one word. */
  private joinsEmail(): boolean {
    const last = this.words.length - 1;
    if (this.words[last] !== 'e') return false;
    const end = this.ends[last] ?? 0;
    const { word } = this;
    const near = this.start - end <= 6;
    if (near && (word.startsWith('post') || word.startsWith('mail') || word.startsWith('p0st'))) {
      return true;
    }
    const hyphen = this.start - end === 1 && HYPHENS.has(this.text.charCodeAt(end));
    return hyphen && word.length > 3 && (word.startsWith('p') || word.startsWith('m'));
  }

  private mark(edge: number): void {
    if (this.edge < edge) this.edge = edge;
  }

  /** A new line, with the ">" and "|" that mail programs and tables put in front of it. */
  private lineBreak(from: number): number {
    this.finishWord();
    this.mark(LINE);
    let index = from + 1;
    for (; index < this.text.length; index++) {
      const code = this.text.charCodeAt(index);
      if (code === LINE_FEED && (index > from + 1 || this.text.charCodeAt(from) === LINE_FEED)) {
        this.mark(PARAGRAPH);
      }
      const skipped =
        code === 0x3e ||
        code === VERTICAL_BAR ||
        code === 0x20 ||
        code === 0x09 ||
        code === LINE_FEED ||
        code === CARRIAGE_RETURN;
      if (!skipped) break;
    }
    return index;
  }

  private reference(index: number): number {
    const entity = entityAt(this.text, index);
    if (!entity) {
      this.finishWord();
      return index + 1;
    }
    const first = entity.value.charCodeAt(0);
    const joins = APOSTROPHES.has(first) && this.word !== '' && isLetter(this.text, entity.end);
    if (!joins) this.letters(entity.value, index, entity.end);
    return entity.end;
  }

  private angleBracket(index: number): number {
    const tag = this.tagAt(index);
    if (!tag) {
      this.finishWord();
      return index + 1;
    }
    if (tag.block) {
      this.finishWord();
      this.mark(LINE);
    }
    return tag.end;
  }

  /** Optical readers write "mai|box"; elsewhere the bar is a table's. */
  private verticalBar(index: number): number {
    if (this.word !== '' && isLetter(this.text, index + 1)) {
      this.append('l', index, index + 1);
    } else {
      this.finishWord();
      this.mark(PAUSE);
    }
    return index + 1;
  }

  /** "can't" is one word; other apostrophes are quotation marks. */
  private apostrophe(index: number): number {
    if (this.word === '' || !isLetter(this.text, index + 1)) this.finishWord();
    return index + 1;
  }

  /** A dot inside "contoso.se" ends no sentence; an ellipsis tells that something was cut out. */
  private sentenceMark(code: number, index: number): number {
    this.finishWord();
    const next = this.text.charCodeAt(index + 1);
    if (isWordCode(next)) return index + 1;
    if (code === 0x2e && continuesInLowerCase(this.text, index + 1)) return index + 1;
    this.mark(code === ELLIPSIS || (code === 0x2e && next === 0x2e) ? CUT : SENTENCE);
    return index + 1;
  }
}
