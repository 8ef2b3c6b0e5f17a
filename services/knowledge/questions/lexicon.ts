import { z } from 'zod';
import type { Localized } from '../../domain/language.ts';
import { scan } from '../text/scan.ts';

const words = z.array(z.coerce.string().min(1));

/** The shape of data/questions/lexicon.yaml. */
export const lexiconSchema = z.strictObject({
  equivalents: z.array(words.min(2)),
  fillers: words,
  functionWords: z.strictObject({ sv: words, en: words }),
  concepts: z.record(z.string(), words.min(1)),
});

/** The shape of data/questions/out-of-scope.yaml. */
export const outOfScopeSchema = z.strictObject({ sv: words, en: words });

export type Lexicon = z.infer<typeof lexiconSchema>;
export type OutOfScope = Localized<readonly string[]>;

const REMEMBERED = 20_000;

/** Finds the concepts that a word or two neighbouring words stand for. */
export class Concepts {
  private readonly exact = new Map<string, string[]>();
  private readonly beginnings = new Map<string, string[]>();
  private readonly endings = new Map<string, string[]>();
  private readonly remembered = new Map<string, readonly string[]>();

  constructor(concepts: Lexicon['concepts']) {
    for (const [concept, entries] of Object.entries(concepts)) {
      for (const entry of entries) this.add(entry, concept);
    }
  }

  private add(entry: string, concept: string): void {
    const term = scan(entry).words.join(' ');
    if (entry.startsWith('*')) put(this.endings, term, concept);
    else if (entry.endsWith('*')) put(this.beginnings, term, concept);
    else put(this.exact, term, concept);
  }

  /** Concepts of `term`: a word, or up to three words with single spaces between. */
  of(term: string): readonly string[] {
    const known = this.remembered.get(term);
    if (known) return known;
    const concepts = this.search(term);
    if (this.remembered.size >= REMEMBERED) this.remembered.clear();
    this.remembered.set(term, concepts);
    return concepts;
  }

  private search(term: string): readonly string[] {
    const found = this.exact.get(term);
    if (found) return found;
    for (let length = Math.min(term.length, 24); length >= 3; length--) {
      const beginning = this.beginnings.get(term.slice(0, length));
      if (beginning) return beginning;
    }
    for (let start = 1; start <= term.length - 3; start++) {
      const ending = this.endings.get(term.slice(start));
      if (ending) return ending;
    }
    return [];
  }
}

function put(map: Map<string, string[]>, key: string, concept: string): void {
  const found = map.get(key);
  if (!found) map.set(key, [concept]);
  else if (!found.includes(concept)) found.push(concept);
}
