import type { Passage } from './passage.ts';
import { piecesOf, type Wording } from './renderings.ts';

const SLOT = '\u0000';
/** The place of a value that might as well be wording. */
const UNSEEN = '\u0001';
const LONGEST_SCRAP = 2;
const MOST_CUT_THROUGH = 4;
const DIRECTIONS = ['outgoing', 'incoming', 'both'] as const;

/** What product versions write differently and nobody tells apart. */
const SAME_WORDS: readonly (readonly [RegExp, string])[] = [
  [/[’‘´`]/g, "'"],
  [/\bcan't\b/g, 'cannot'],
  [/\bcan not\b/g, 'cannot'],
  [/(\w)n't\b/g, '$1 not'],
  [/\be-(?=mail|post)/g, 'e'],
  [/\bmicrosoft (?=office 365|dynamics)/g, ''],
  [/\bmicrosoft 365\b/g, 'office 365'],
  [/\bassociated /g, ''],
  [/\b(?:den )?associerade /g, ''],
  [/\bägaren av\b/g, 'ägaren till'],
  [/\bunderrättats\b/g, 'meddelats'],
];

export interface Fitting {
  /** Articles of which some template has these very words in this order. */
  readonly topics: ReadonlySet<string>;
  /** A wording that no article documents has them too. */
  readonly undocumented: boolean;
}

interface KnownWording {
  readonly topic: string;
  readonly documented: boolean;
  readonly tokens: readonly string[];
}

/** Tells which articles a piece of an alert may come from, by nothing but its words. */
export class FittingArticles {
  private readonly known: readonly KnownWording[];
  private readonly having = new Map<string, KnownWording[]>();

  constructor(wordings: readonly Wording[]) {
    const known = new Map<string, KnownWording>();
    for (const { topic, kind, template } of wordings) {
      for (const direction of DIRECTIONS) {
        const tokens = piecesOf(template, direction).flatMap((piece) =>
          'slot' in piece ? [SLOT] : tokensOf(piece.text),
        );
        const documented = kind !== 'decoy';
        known.set(`${topic} ${kind} ${tokens.join(' ')}`, { topic, documented, tokens });
      }
    }
    this.known = [...known.values()];
    for (const wording of this.known) {
      for (const token of new Set(wording.tokens)) {
        const having = this.having.get(token) ?? [];
        having.push(wording);
        this.having.set(token, having);
      }
    }
  }

  /**
   * `passages`: what is left of one alert of `madeFrom`, in order. A cut may go through words that
   * are one for us ("Microsoft Dyn"); then as many are left out at the border as it takes.
   */
  of(passages: readonly Passage[], madeFrom: string): Fitting {
    const windows = passages.map((passage) => this.windowOf(passage));
    let fitting = this.fittingTo(windows);
    const last = windows.length - 1;
    for (let left = 1; left <= MOST_CUT_THROUGH && !fitting.topics.has(madeFrom); left++) {
      for (let behind = 0; behind <= left && !fitting.topics.has(madeFrom); behind++) {
        // Of two pieces, the gap between them is where the cut went.
        const shorter = windows.map((tokens, index) =>
          tokens.slice(
            last === 0 || index > 0 ? left - behind : 0,
            tokens.length - (last === 0 || index < last ? behind : 0),
          ),
        );
        fitting = this.fittingTo(shorter);
      }
    }
    return fitting;
  }

  /** Whether the whole of it is a part of some documented wording. */
  isDocumented(passage: Passage): boolean {
    return this.fittingTo([this.windowOf(passage)]).topics.size > 0;
  }

  /**
   * Slots as one token each, so that no name can look like wording. At the border a letter or two that
   * a cut has left of a word tell nothing, and neither does a name of which nobody sees that it is one.
   */
  private windowOf(passage: Passage): string[] {
    const tokens = passage.flatMap(({ slot, raw }) => {
      if (slot === null) return tokensOf(raw);
      return [tokensOf(raw).some((word) => this.isNobodysWord(word)) ? SLOT : UNSEEN];
    });
    if (isScrap(tokens[0])) tokens.shift();
    if (isScrap(tokens.at(-1))) tokens.pop();
    if (tokens[0] === UNSEEN) tokens.shift();
    if (tokens.at(-1) === UNSEEN) tokens.pop();
    return tokens.map((token) => (token === UNSEEN ? SLOT : token));
  }

  private isNobodysWord(word: string): boolean {
    return word.length > LONGEST_SCRAP && !this.having.has(word);
  }

  private fittingTo(windows: readonly (readonly string[])[]): Fitting {
    const topics = new Set<string>();
    let undocumented = false;
    for (const { topic, documented, tokens } of this.possible(windows)) {
      if (documented && topics.has(topic)) continue;
      if (!windows.every((window) => contains(tokens, window))) continue;
      if (documented) topics.add(topic);
      else undocumented = true;
    }
    return { topics, undocumented };
  }

  /** Those that have the rarest word that no cut can have gone through. */
  private possible(windows: readonly (readonly string[])[]): readonly KnownWording[] {
    let fewest = this.known;
    for (const window of windows) {
      for (const token of window.slice(1, -1)) {
        const having = this.having.get(token) ?? [];
        if (having.length < fewest.length) fewest = having;
      }
    }
    return fewest;
  }
}

function isScrap(token: string | undefined): boolean {
  return token !== undefined && token.length <= LONGEST_SCRAP && /^[a-zåäö]+$/.test(token);
}

export function tokensOf(text: string): string[] {
  let plain = text.normalize('NFC').toLowerCase();
  for (const [pattern, same] of SAME_WORDS) plain = plain.replace(pattern, same);
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The first token may be the end of a word and the last one its beginning. */
function contains(tokens: readonly string[], window: readonly string[]): boolean {
  for (let from = 0; from + window.length <= tokens.length; from++) {
    let index = 0;
    while (index < window.length && agrees(tokens[from + index] ?? '', window, index)) index++;
    if (index === window.length) return true;
  }
  return false;
}

function agrees(token: string, window: readonly string[], index: number): boolean {
  const part = window[index] ?? '';
  if (token === part) return true;
  if (token === SLOT || part === SLOT) return false;
  if (index === 0 && token.endsWith(part)) return true;
  return index === window.length - 1 && token.startsWith(part);
}
