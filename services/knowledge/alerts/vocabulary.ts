import { editDistance } from './edit-distance.ts';

/** A word of the templates that a word of the text stands for, and how surely. */
export interface WordMatch {
  readonly word: number;
  readonly similarity: number;
  /** A second template word, where the text had joined the two. */
  readonly joined: number;
}

const NO_WORD = -1;
const PREFIX = 8;
const LONGEST_FUZZY = 32;
const REMEMBERED = 20_000;

/** Spelling errors forgiven in a word of this length. */
function tolerance(length: number): number {
  if (length < 4) return 0;
  return length < 8 ? 1 : 2;
}

/**
 * The words that templates are made of. A damaged word is found by symmetric deletion: every word is
 * indexed under itself with up to two letters left out, so a look-up costs the same whether there are
 * a hundred words or a hundred thousand.
 */
export class Vocabulary {
  private readonly ids = new Map<string, number>();
  private readonly words: string[] = [];
  private readonly canonical: ReadonlyMap<string, string>;
  private readonly byDeletion = new Map<string, number[]>();
  private readonly remembered = new Map<string, WordMatch | null>();

  /** `equivalents`: words that product versions use for each other, the first standing for all. */
  constructor(equivalents: readonly (readonly string[])[]) {
    const canonical = new Map<string, string>();
    for (const [first, ...others] of equivalents) {
      if (first !== undefined) for (const other of others) canonical.set(other, first);
    }
    this.canonical = canonical;
  }

  get size(): number {
    return this.words.length;
  }

  wordOf(id: number): string {
    return this.words[id] ?? '';
  }

  add(word: string): number {
    const canonical = this.canonical.get(word) ?? word;
    const known = this.ids.get(canonical);
    if (known !== undefined) return known;
    const id = this.words.length;
    this.ids.set(canonical, id);
    this.words.push(canonical);
    for (const key of deletions(canonical, tolerance(canonical.length))) {
      const found = this.byDeletion.get(key);
      if (found) found.push(id);
      else this.byDeletion.set(key, [id]);
    }
    return id;
  }

  /** Exact spelling only; -1 where no template has the word. */
  exact(word: string): number {
    return this.ids.get(this.canonical.get(word) ?? word) ?? NO_WORD;
  }

  /** Misread digits, misspellings and joined words. */
  closest(word: string): WordMatch | null {
    const known = this.remembered.get(word);
    if (known !== undefined) return known;
    if (this.remembered.size >= REMEMBERED) this.remembered.clear();
    const match = this.search(word);
    this.remembered.set(word, match);
    return match;
  }

  private search(word: string): WordMatch | null {
    const read = readDigitsAsLetters(word);
    if (read !== word) {
      const exact = this.exact(read);
      if (exact >= 0) return { word: exact, similarity: 0.95, joined: NO_WORD };
    }
    if (read.length < 4 || read.length > LONGEST_FUZZY) return null;
    return this.misspelt(read) ?? this.joined(read);
  }

  private misspelt(word: string): WordMatch | null {
    let best = NO_WORD;
    let bestDistance = tolerance(word.length) + 1;
    for (const key of deletions(word, tolerance(word.length))) {
      for (const id of this.byDeletion.get(key) ?? []) {
        const candidate = this.wordOf(id);
        const allowed = Math.min(tolerance(candidate.length), tolerance(word.length));
        if (allowed === 0 || Math.abs(candidate.length - word.length) > allowed) continue;
        const distance = editDistance(word, candidate, Math.min(allowed, bestDistance - 1));
        if (distance < bestDistance && distance <= allowed) {
          bestDistance = distance;
          best = id;
        }
      }
    }
    if (best < 0) return null;
    return { word: best, similarity: bestDistance === 1 ? 0.88 : 0.74, joined: NO_WORD };
  }

  private joined(word: string): WordMatch | null {
    for (let cut = word.length - 3; cut >= 3; cut--) {
      const left = this.exact(word.slice(0, cut));
      if (left < 0) continue;
      const right = this.exact(word.slice(cut));
      if (right >= 0) return { word: left, similarity: 0.9, joined: right };
    }
    return null;
  }
}

function readDigitsAsLetters(word: string): string {
  let letters = false;
  let digits = false;
  for (let index = 0; index < word.length; index++) {
    const code = word.charCodeAt(index);
    if (code === 48 || code === 49) digits = true;
    else if (code >= 97 && code <= 122) letters = true;
  }
  return letters && digits ? word.replaceAll('0', 'o').replaceAll('1', 'l') : word;
}

function deletions(word: string, most: number): ReadonlySet<string> {
  const found = new Set<string>();
  let layer = [word.slice(0, PREFIX)];
  for (let left = most; ; left--) {
    for (const key of layer) found.add(key);
    if (left === 0) return found;
    layer = layer.flatMap((key) =>
      Array.from(key, (_, index) => key.slice(0, index) + key.slice(index + 1)),
    );
  }
}

