import { LOST, mayBe } from '../text/lost-letters.ts';
import { DeletionIndex } from './deletion-index.ts';
import { editDistance } from './edit-distance.ts';

/** A word of the templates that a word of the text stands for, and how surely. */
export interface WordMatch {
  readonly word: number;
  readonly similarity: number;
  /** A second template word, where the text had joined the two. */
  readonly joined: number;
}

const NO_WORD = -1;
const LONGEST_FUZZY = 32;
const REMEMBERED = 20_000;

/** Spelling errors forgiven in a word of this length. */
function tolerance(length: number): number {
  if (length < 4) return 0;
  return length < 8 ? 1 : 2;
}

/**
 * The words that templates are made of. Words that product versions use for each other are one word
 * with several forms; each form is recognised, and forgiven its misspellings.
 */
export class Vocabulary {
  private readonly ids = new Map<string, number>();
  private readonly words: string[] = [];
  private readonly equivalents: ReadonlyMap<string, readonly string[]>;
  private readonly forms: string[] = [];
  private readonly wordOfForm: number[] = [];
  private readonly formsByWord: (readonly string[])[] = [];
  /** Forms too short to be forgiven a misspelling. */
  private readonly shortForms: number[] = [];
  private readonly deletions = new DeletionIndex();
  private readonly remembered = new Map<string, WordMatch | null>();

  /** `equivalents`: words that product versions use for each other, the first standing for all. */
  constructor(equivalents: readonly (readonly string[])[]) {
    this.equivalents = new Map(
      equivalents.flatMap((group) => group.map((word) => [word, group] as const)),
    );
  }

  get size(): number {
    return this.words.length;
  }

  wordOf(id: number): string {
    return this.words[id] ?? '';
  }

  /** The word and its equivalents. */
  formsOf(id: number): readonly string[] {
    return this.formsByWord[id] ?? [];
  }

  add(word: string): number {
    const known = this.ids.get(word);
    if (known !== undefined) return known;
    const forms = this.equivalents.get(word) ?? [word];
    const id = this.words.length;
    this.words.push(forms[0] ?? word);
    this.formsByWord.push(forms);
    for (const form of forms) {
      if (this.ids.has(form)) continue;
      this.ids.set(form, id);
      this.deletions.add(this.forms.length, form, tolerance(form.length));
      if (tolerance(form.length) === 0) this.shortForms.push(this.forms.length);
      this.forms.push(form);
      this.wordOfForm.push(id);
    }
    return id;
  }

  /** Exact spelling only; -1 where no template has the word. */
  exact(word: string): number {
    return this.ids.get(word) ?? NO_WORD;
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
    if (word.includes(LOST)) return this.withLostLetters(word);
    const read = readDigitsAsLetters(word);
    if (read !== word) {
      const exact = this.exact(read);
      if (exact >= 0) return { word: exact, similarity: 0.95, joined: NO_WORD };
    }
    if (read.length < 4 || read.length > LONGEST_FUZZY) return null;
    return this.misspelt(read) ?? this.joined(read);
  }

  private withLostLetters(word: string): WordMatch | null {
    let found = NO_WORD;
    const compare = (form: number): void => {
      if (found < 0 && mayBe(word, this.forms[form] ?? ''))
        found = this.wordOfForm[form] ?? NO_WORD;
    };
    this.deletions.forEachWithout(word, LOST, compare);
    for (const form of this.shortForms) compare(form);
    return found < 0 ? null : { word: found, similarity: 0.9, joined: NO_WORD };
  }

  private misspelt(word: string): WordMatch | null {
    let best = NO_WORD;
    let bestDistance = tolerance(word.length) + 1;
    this.deletions.forEach(word, tolerance(word.length), (form) => {
      const spelling = this.forms[form] ?? '';
      const allowed = Math.min(tolerance(spelling.length), tolerance(word.length));
      if (allowed === 0 || Math.abs(spelling.length - word.length) > allowed) return;
      const distance = editDistance(word, spelling, Math.min(allowed, bestDistance - 1));
      if (distance < bestDistance && distance <= allowed) {
        bestDistance = distance;
        best = this.wordOfForm[form] ?? NO_WORD;
      }
    });
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
