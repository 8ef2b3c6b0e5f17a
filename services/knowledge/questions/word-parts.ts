import { LANGUAGES } from '../../domain/language.ts';
import { scan } from '../text/scan.ts';
import type { Lexicon } from './lexicon.ts';

const SHORTEST_STEM = 4;
const SHORTEST_COMPOUND = 8;
const SHORTEST_PART = 3;
const WHOLE: readonly string[] = [];

/**
 * Words without their endings, and compounds in their parts ("lösenordsbytet": "losenord", "byte").
 * All languages' endings at once: a question of four words does not tell its language surely.
 */
export class WordParts {
  private readonly endings: ReadonlySet<string>;
  private readonly longestEnding: number;
  private readonly joints: readonly string[];

  constructor({ endings, joints }: Pick<Lexicon, 'endings' | 'joints'>) {
    const all = LANGUAGES.flatMap((lang) => endings[lang].flatMap((ending) => scan(ending).words));
    this.endings = new Set(all);
    this.longestEnding = Math.max(0, ...all.map(({ length }) => length));
    this.joints = ['', ...new Set(LANGUAGES.flatMap((lang) => joints[lang]))];
  }

  stem(word: string): string {
    const longest = Math.min(this.longestEnding, word.length - SHORTEST_STEM);
    for (let length = longest; length > 0; length--) {
      if (this.endings.has(word.slice(-length))) return word.slice(0, -length);
    }
    return word;
  }

  /** The stems of the two parts, the longest known first part; nothing where it is no compound. */
  compound(word: string, isKnown: (stem: string) => boolean): readonly string[] {
    if (word.length < SHORTEST_COMPOUND) return WHOLE;
    for (let cut = word.length - SHORTEST_PART; cut >= SHORTEST_PART; cut--) {
      const tail = this.stem(word.slice(cut));
      if (!isKnown(tail)) continue;
      for (const joint of this.joints) {
        const end = cut - joint.length;
        if (end < SHORTEST_PART || !word.startsWith(joint, end)) continue;
        const head = this.stem(word.slice(0, end));
        if (isKnown(head)) return [head, tail];
      }
    }
    return WHOLE;
  }
}
