import { LANGUAGES } from '../../domain/language.ts';
import { scan } from '../text/scan.ts';
import { Concepts } from './concepts.ts';
import { hashOf } from './hash.ts';
import type { Lexicon } from './lexicon.ts';
import { WordParts } from './word-parts.ts';

/** A question as what can be counted in it. */
export interface Features {
  readonly ids: Int32Array;
  /** How much each says by its kind, before rarity is considered. */
  readonly values: Float64Array;
  /** Which word follows which, from before the first to after the last: a heap of words has none. */
  readonly order: Int32Array;
  /** The share of its content words that neither an article nor the lexicon has. */
  readonly unknownShare: number;
  readonly wordCount: number;
}

/** Stems of the articles' words, by hash. */
export interface KnownStems {
  has(stem: number): boolean;
}

const MOST_WORDS = 120;
const WORD = 0.5;
const FUNCTION_WORD = 0.35;
const STEM = 0.8;
const PART = 0.6;
const PAIR = 0.5;
const CONCEPT = 1.5;
const PART_CONCEPT = 0.9;
const CONCEPT_PAIR = 0.8;
const MOST_PAIRED_CONCEPTS = 10;
const GRAM = 0.18;
const GRAM_LENGTH = 4;
const LONGEST_GRAMMED = 20;

/** Kinds of features that could be spelled alike. */
const A_WORD = 1;
const A_STEM = 2;
const TWO_STEMS = 3;
const A_CONCEPT = 4;
const A_GRAM = 5;
const A_SUCCESSION = 6;

/** Reads questions as words, stems, parts of compounds, concepts, pairs of them, and letters. */
export class FeatureReader {
  readonly parts: WordParts;
  private readonly concepts: Concepts;
  private readonly functionWords: ReadonlySet<string>;

  constructor(lexicon: Lexicon) {
    this.parts = new WordParts(lexicon);
    this.concepts = new Concepts(lexicon.concepts);
    this.functionWords = new Set(
      LANGUAGES.flatMap((lang) => lexicon.functionWords[lang].flatMap((word) => scan(word).words)),
    );
  }

  /** Words that carry meaning. */
  contentOf(words: readonly string[]): readonly string[] {
    return words.filter((word) => !this.functionWords.has(word));
  }

  /** `letters`: with the letters of its words too; long prose says enough without. */
  read(words: readonly string[], known: KnownStems, letters = true): Features {
    const counted = new Map<number, number>();
    const add = (feature: number, weight: number): void => {
      if (!counted.has(feature)) counted.set(feature, weight);
    };
    const met: string[] = [];
    const meet = (term: string, weight: number): number => {
      const concepts = this.concepts.of(term);
      for (const concept of concepts) {
        if (!met.includes(concept)) met.push(concept);
        add(hashOf(concept, A_CONCEPT), weight);
      }
      return concepts.length;
    };
    const isKnown = (stem: string): boolean => known.has(hashOf(stem, A_STEM));
    const length = Math.min(words.length, MOST_WORDS);
    let previousStem = '';
    let content = 0;
    let unknown = 0;
    for (let index = 0; index < length; index++) {
      const word = words[index] ?? '';
      if (this.concepts.startsPhrase(word)) {
        const two = `${word} ${words[index + 1] ?? ''}`;
        meet(`${two} ${words[index + 2] ?? ''}`, CONCEPT);
        meet(two, CONCEPT);
      }
      const meanings = meet(word, CONCEPT);
      if (this.functionWords.has(word)) {
        add(hashOf(word, A_WORD), FUNCTION_WORD);
        continue;
      }
      const stem = this.parts.stem(word);
      add(hashOf(word, A_WORD), WORD);
      add(hashOf(stem, A_STEM), STEM);
      const parts = this.parts.compound(word, isKnown);
      for (const part of parts) {
        add(hashOf(part, A_STEM), PART);
        meet(part, PART_CONCEPT);
      }
      if (letters) addGrams(word, add);
      if (previousStem !== '') add(hashOf(`${previousStem} ${stem}`, TWO_STEMS), PAIR);
      previousStem = stem;
      content++;
      if (meanings === 0 && parts.length === 0 && !isKnown(stem)) unknown++;
    }
    addConceptPairs(met, add);
    return {
      ids: Int32Array.from(counted.keys()),
      values: Float64Array.from(counted.values()),
      order: orderOf(words.slice(0, length)),
      unknownShare: content === 0 ? 0 : unknown / content,
      wordCount: words.length,
    };
  }
}

/** The feature that a stem is, and by which it is known. */
export function stemFeature(stem: string): number {
  return hashOf(stem, A_STEM);
}

function orderOf(words: readonly string[]): Int32Array {
  return Int32Array.from({ length: words.length + 1 }, (_, index) =>
    hashOf(`${words[index - 1] ?? ''} ${words[index] ?? ''}`, A_SUCCESSION),
  );
}

function addGrams(word: string, add: (feature: number, weight: number) => void): void {
  if (word.length < GRAM_LENGTH) return;
  const bounded = `^${word.slice(0, LONGEST_GRAMMED)}$`;
  for (let index = 0; index + GRAM_LENGTH <= bounded.length; index++) {
    add(hashOf(bounded, A_GRAM, index, index + GRAM_LENGTH), GRAM);
  }
}

/** Two ideas that occur together, in either order: what a question is about, whatever its words. */
function addConceptPairs(
  concepts: readonly string[],
  add: (feature: number, weight: number) => void,
): void {
  const distinct = concepts.slice(0, MOST_PAIRED_CONCEPTS);
  distinct.forEach((one, index) => {
    for (const other of distinct.slice(index + 1)) {
      add(hashOf(one < other ? `${one} ${other}` : `${other} ${one}`, A_CONCEPT), CONCEPT_PAIR);
    }
  });
}
