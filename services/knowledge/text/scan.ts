import { endOfAddress, endOfOmission } from './brackets.ts';
import { escapeAt, isJson } from './escapes.ts';
import { foldCharacter, GAP, IGNORED, isWordByItself } from './fold-character.ts';
import { linesEndingAt } from './line-break.ts';
import { LOST, LostLetters } from './lost-letters.ts';
import { createTagReader, entityAt } from './markup.ts';
import { mojibakeAt, startsMojibake } from './mojibake.ts';
import {
  APOSTROPHES,
  BACKSLASH,
  BRACKET,
  BRACKET_END,
  CARRIAGE_RETURN,
  COLON,
  ELLIPSIS,
  LINE_FEED,
  PAUSES,
  PERCENT,
  QUOTE,
  SENTENCE_MARKS,
  VERTICAL_BAR,
} from './signs.ts';
import {
  CUT,
  INSIDE,
  LINE,
  PARAGRAPH,
  PAUSE,
  SENTENCE,
  TokenList,
  type Tokens,
} from './token-list.ts';
import {
  capitalAfterWord,
  continuesInLowerCase,
  isLetter,
  isSpace,
  isWordCode,
} from './word-shape.ts';
import { finishNow, type Steps } from './work-in-steps.ts';

export { CUT, INSIDE, LINE, PARAGRAPH, PAUSE, SENTENCE, type Tokens } from './token-list.ts';

const CHARACTERS_A_STEP = 2048;

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

/** An ASCII letter or digit. */
function isPlain(code: number): boolean {
  const lower = code | 32;
  return (lower >= 97 && lower <= 122 && code < 128) || (code >= 48 && code <= 57);
}

class Scanner {
  private readonly text: string;
  private readonly tagAt: ReturnType<typeof createTagReader>;
  private readonly list: TokenList;
  private readonly lost: LostLetters;
  private word = '';
  private start = 0;
  private end = 0;
  private edge: number = PARAGRAPH;
  private index = 0;
  private json: boolean | null = null;

  constructor(text: string) {
    this.text = text;
    this.tagAt = createTagReader(text);
    this.list = new TokenList(text);
    this.lost = new LostLetters(text);
  }

  /** Reads on for about this many characters; false at the end of the text. */
  run(characters: number): boolean {
    const { text } = this;
    const until = this.index + characters;
    let { index } = this;
    while (index < text.length && index < until) {
      const code = text.charCodeAt(index);
      index = isPlain(code) ? this.plainRun(index) : this.special(code, index);
    }
    this.index = index;
    if (index < text.length) return true;
    this.finishWord();
    return false;
  }

  tokens(): Tokens {
    return this.list.tokens();
  }

  /** ASCII letters and digits: sliced rather than appended one by one. */
  private plainRun(from: number): number {
    const { text } = this;
    let index = from + 1;
    while (index < text.length && isPlain(text.charCodeAt(index))) index++;
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
      case BACKSLASH:
        return this.escape(index);
      case PERCENT:
        return this.percent(index);
      case QUOTE:
        return this.quote(index);
      case BRACKET:
        return this.bracket(index);
      case BRACKET_END:
        this.finishWord();
        return endOfAddress(this.text, index);
    }
    const lost = this.lost.at(index);
    if (lost > 0) {
      this.append(LOST, index, index + lost);
      return index + lost;
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
      const alone = isWordByItself(code);
      if (alone) this.finishWord();
      this.append(folded, start, end);
      if (alone) this.finishWord();
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
    this.list.add(this.word, this.start, this.end, this.edge);
    this.edge = INSIDE;
    this.word = '';
  }

  private mark(edge: number): void {
    if (this.edge < edge) this.edge = edge;
  }

  private lineBreak(from: number): number {
    this.finishWord();
    const lines = linesEndingAt(this.text, from);
    this.mark(lines.empty ? PARAGRAPH : LINE);
    return lines.end;
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

  /** In JSON a quotation mark beside a comma, colon or brace ends one text and begins another. */
  private quote(index: number): number {
    this.finishWord();
    this.json ??= isJson(this.text);
    const around = (this.text[index - 1] ?? '') + (this.text[index + 1] ?? '');
    this.mark(this.json && /[,:{}]/.test(around) ? LINE : PAUSE);
    return index + 1;
  }

  private bracket(index: number): number {
    this.finishWord();
    const end = endOfOmission(this.text, index);
    if (end > 0) this.mark(CUT);
    return end > 0 ? end : index + 1;
  }

  /** What JSON and its like write for signs that they reserve. */
  private escape(index: number): number {
    this.json ??= isJson(this.text);
    const escape = escapeAt(this.text, index, this.json);
    if (!escape) {
      this.finishWord();
      return index + 1;
    }
    if (escape.value === '\n') {
      this.finishWord();
      this.mark(LINE);
    } else this.letters(escape.value, index, escape.end);
    return escape.end;
  }

  /** "%2D" and "%20" in a web address separate words as what they stand for does. */
  private percent(index: number): number {
    this.finishWord();
    const encoded = /^%[2-7][0-9a-f]/i.test(this.text.slice(index, index + 3));
    return encoded ? index + 3 : index + 1;
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
    if (code < 0x2000 && isWordCode(next)) return index + 1;
    if (code === 0x2e && continuesInLowerCase(this.text, index + 1)) return index + 1;
    this.mark(code === ELLIPSIS || (code === 0x2e && next === 0x2e) ? CUT : SENTENCE);
    return index + 1;
  }
}
