import { scan } from '../text/scan.ts';
import type { Lexicon } from './lexicon.ts';

const REMEMBERED = 20_000;
const LONGEST_BEGINNING = 24;
const SHORTEST_ENTRY = 3;
const NONE: readonly string[] = [];

/** Finds the concepts that a word, or up to three neighbouring ones, stand for. */
export class Concepts {
  private readonly exact = new Map<string, string[]>();
  private readonly beginnings = new Map<string, string[]>();
  private readonly endings = new Map<string, string[]>();
  /** First words of entries of several words: most words begin none. */
  private readonly phraseStarts = new Set<string>();
  private readonly remembered = new Map<string, readonly string[]>();

  constructor(concepts: Lexicon['concepts']) {
    for (const [concept, entries] of Object.entries(concepts)) {
      for (const entry of entries) this.add(entry, concept);
    }
  }

  private add(entry: string, concept: string): void {
    const words = scan(entry).words;
    const term = words.join(' ');
    if (words.length > 1) this.phraseStarts.add(words[0] ?? '');
    if (entry.startsWith('*')) put(this.endings, term, concept);
    else if (entry.endsWith('*')) put(this.beginnings, term, concept);
    else put(this.exact, term, concept);
  }

  startsPhrase(word: string): boolean {
    return this.phraseStarts.has(word);
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
    const longest = Math.min(term.length, LONGEST_BEGINNING);
    for (let length = longest; length >= SHORTEST_ENTRY; length--) {
      const beginning = this.beginnings.get(term.slice(0, length));
      if (beginning) return beginning;
    }
    for (let start = 1; start <= term.length - SHORTEST_ENTRY; start++) {
      const ending = this.endings.get(term.slice(start));
      if (ending) return ending;
    }
    return NONE;
  }
}

function put(map: Map<string, string[]>, key: string, concept: string): void {
  const found = map.get(key);
  if (!found) map.set(key, [concept]);
  else if (!found.includes(concept)) found.push(concept);
}
