import type { Article } from '../../domain/article.ts';
import type { TopicId } from '../../domain/ids.ts';
import type { Tokens } from '../text/scan.ts';
import { type CodeSpelling, numbersWithin, spellingsOf } from './code-spellings.ts';
import { labelBefore, standsAlone, standsInGuid, standsTogether } from './code-surroundings.ts';
import { editDistance } from './edit-distance.ts';

/** An error code in a text: tokens [from, to). */
export interface FoundCode {
  /** As each article that lists it spells it. */
  readonly spellings: ReadonlyMap<TopicId, string>;
  readonly from: number;
  readonly to: number;
  /** Higher where the code says more exactly what happened. */
  readonly specificity: number;
}

interface KnownCode extends CodeSpelling {
  readonly spellings: Map<TopicId, string>;
  /** Longer codes begin with it: `UnknownIncomingEmailIntegrationError`. */
  stem: boolean;
}

const PREFIX = 3;
const MOST_DAMAGE = 2;
/** How many labels without a known code behind them are worth a search for a misspelt one. */
const MOST_SEARCHED = 8;
const LEAST_DAMAGED = 12;
const FARTHEST_READ = 24;
const STEM = -100;
const LABELLED = 30;
const NUMBER = 20;
const LONGEST = 19;

/** The codes that articles list, by their first letters. */
export class ErrorCodes {
  private readonly byPrefix = new Map<string, KnownCode[]>();
  private readonly all: readonly KnownCode[];

  constructor(articles: readonly Article[]) {
    const byLetters = new Map<string, KnownCode>();
    for (const article of articles) {
      for (const code of article.codes) {
        for (const spelling of spellingsOf(code)) add(byLetters, spelling, article.id, code.text);
      }
    }
    addNumbersWithin(articles, byLetters);
    this.all = [...byLetters.values()].sort((a, b) => b.letters.length - a.letters.length);
    for (const code of this.all) {
      // The text may have a space behind a first word that is shorter than the prefix.
      const prefixes = new Set([code.letters.slice(0, PREFIX), code.first.slice(0, PREFIX)]);
      for (const prefix of prefixes) {
        const alike = this.byPrefix.get(prefix);
        if (alike?.some(({ letters }) => letters.startsWith(code.letters)) === true) {
          code.stem = code.shape !== 'number';
        }
        if (alike) alike.push(code);
        else this.byPrefix.set(prefix, [code]);
      }
    }
  }

  /** All codes in order of appearance; of two that begin alike, the longer. */
  find(tokens: Tokens, source: string): readonly FoundCode[] {
    const found: FoundCode[] = [];
    if (this.all.length === 0) return found;
    let searched = 0;
    for (let from = 0; from < tokens.length; from++) {
      let code = this.at(tokens, from, source);
      // Behind the label of a code stands a code, even if a letter of it is wrong.
      if (!code && searched < MOST_SEARCHED && labelBefore(tokens, from, 1)) {
        searched++;
        code = this.damagedAt(tokens, from, source);
      }
      if (!code) continue;
      found.push(code);
      from = code.to - 1;
    }
    return found;
  }

  private at(tokens: Tokens, from: number, source: string): FoundCode | null {
    // "0x8005E272" and "8005E272" are the same number.
    const word = tokens.words[from] ?? '';
    const first = word.startsWith('0x') ? word.slice(2) : word;
    const key = first.length > PREFIX ? first.slice(0, PREFIX) : first;
    for (const code of this.byPrefix.get(key) ?? []) {
      const to = endOf(code.letters, first, tokens, from);
      if (to < 0 || !isMeant(code, tokens, from, to, source)) continue;
      return foundCode(code, from, to, labelBefore(tokens, from));
    }
    return null;
  }

  private damagedAt(tokens: Tokens, from: number, source: string): FoundCode | null {
    let best: FoundCode | null = null;
    let least = MOST_DAMAGE + 1;
    for (const code of this.all) {
      if (code.letters.length < LEAST_DAMAGED || code.shape === 'number') continue;
      const to = damagedEndOf(code, tokens, from);
      if (to < 0) continue;
      const read = tokens.words.slice(from, to).join('');
      const distance = editDistance(read, code.letters, MOST_DAMAGE);
      if (distance >= least || digitsOf(read) !== digitsOf(code.letters)) continue;
      if (!isMeant(code, tokens, from, to, source)) continue;
      best = foundCode(code, from, to, true);
      least = distance;
    }
    return best;
  }
}

function add(
  codes: Map<string, KnownCode>,
  spelling: CodeSpelling,
  topic: TopicId,
  text: string,
): void {
  const known = codes.get(spelling.letters);
  // The first of an article's codes that is written so is the one that it spells out.
  if (!known)
    codes.set(spelling.letters, { ...spelling, spellings: new Map([[topic, text]]), stem: false });
  else if (!known.spellings.has(topic)) known.spellings.set(topic, text);
}

/** A number inside a longer code leads to its article too, unless another article lists the number. */
function addNumbersWithin(articles: readonly Article[], byLetters: Map<string, KnownCode>): void {
  const added = new Map<string, KnownCode>();
  for (const article of articles) {
    for (const code of article.codes) {
      for (const spelling of numbersWithin(code)) {
        if (!byLetters.has(spelling.letters)) add(added, spelling, article.id, code.text);
      }
    }
  }
  for (const [letters, code] of added) byLetters.set(letters, code);
}

function foundCode(code: KnownCode, from: number, to: number, labelled: boolean): FoundCode {
  const { spellings, shape, stem, letters } = code;
  const length = Math.min(LONGEST, letters.length / 4);
  const specificity =
    (stem ? STEM : 0) + (labelled ? LABELLED : 0) + (shape === 'number' ? NUMBER : length);
  return { spellings, from, to, specificity };
}

/** The token behind the code, or -1 if the text says something else. */
function endOf(letters: string, first: string, tokens: Tokens, from: number): number {
  let read = first;
  let to = from + 1;
  while (read.length < letters.length && letters.startsWith(read) && to < tokens.length) {
    read += tokens.words[to] ?? '';
    to++;
  }
  return read === letters ? to : -1;
}

/** Where about as many letters have been read as the code has. */
function damagedEndOf(code: KnownCode, tokens: Tokens, from: number): number {
  let read = 0;
  let to = from;
  while (read < code.letters.length - MOST_DAMAGE && to < tokens.length) {
    if (to - from > FARTHEST_READ) return -1;
    read += tokens.words[to]?.length ?? 0;
    to++;
  }
  return Math.abs(read - code.letters.length) <= MOST_DAMAGE ? to : -1;
}

function digitsOf(letters: string): string {
  return letters.replace(/[^0-9]+/g, ' ').trim();
}

/** Ordinary words that happen to be a code's are not the code. */
function isMeant(
  { shape, text }: KnownCode,
  tokens: Tokens,
  from: number,
  to: number,
  source: string,
): boolean {
  if (shape === 'number') return to === from + 1 && !standsInGuid(tokens, from, source);
  if (shape === 'name') return standsTogether(tokens, from, to, source);
  if (shape === 'sentence') return true;
  if (standsAlone(tokens, from, to)) return true;
  const written = source.slice(tokens.starts[from], tokens.ends[to - 1]);
  return labelBefore(tokens, from) && text.startsWith(written);
}
