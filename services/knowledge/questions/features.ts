import type { Concepts } from './lexicon.ts';

/** A question as what can be counted in it: `=word`, `#concept`, `#a#b`, `~gram`. */
export type Features = ReadonlyMap<string, number>;

const MOST_WORDS = 120;
const WORD = 1;
const PAIR = 0.7;
const CONCEPT = 1.3;
const CONCEPT_PAIR = 0.8;
const GRAM = 0.18;
const GRAM_LENGTH = 4;
const LONGEST_GRAMMED = 20;

/** The features of a scanned text, scaled to length 1. */
export function featuresOf(
  words: readonly string[],
  concepts: Concepts,
  functionWords: ReadonlySet<string>,
): Features {
  const counted = new Map<string, number>();
  const add = (feature: string, weight: number): void => {
    if (!counted.has(feature)) counted.set(feature, weight);
  };
  const content: string[] = [];
  const heads: string[] = [];
  const read = words.slice(0, MOST_WORDS);
  read.forEach((word, index) => {
    const second = read[index + 1];
    const third = read[index + 2];
    const phrases = second === undefined ? [] : [`${word} ${second}`];
    if (third !== undefined) phrases.push(`${word} ${second ?? ''} ${third}`);
    for (const term of [...phrases, word]) {
      for (const concept of concepts.of(term)) {
        if (heads.at(-1) !== concept) heads.push(concept);
        add(`#${concept}`, CONCEPT);
      }
    }
    if (functionWords.has(word)) {
      add(`=${word}`, WORD * 0.35);
      return;
    }
    content.push(word);
    add(`=${word}`, WORD);
    addGrams(word, add);
  });
  content.forEach((word, index) => {
    const next = content[index + 1];
    if (next !== undefined) add(`=${word} ${next}`, PAIR);
  });
  addConceptPairs(heads, add);
  return scaled(counted);
}

function addGrams(word: string, add: (feature: string, weight: number) => void): void {
  if (word.length < GRAM_LENGTH) return;
  const bounded = `^${word.slice(0, LONGEST_GRAMMED)}$`;
  for (let index = 0; index + GRAM_LENGTH <= bounded.length; index++) {
    add(`~${bounded.slice(index, index + GRAM_LENGTH)}`, GRAM);
  }
}

/** Two ideas that occur together, in either order: what a question is about, whatever its words. */
function addConceptPairs(
  concepts: readonly string[],
  add: (feature: string, weight: number) => void,
): void {
  const distinct = [...new Set(concepts)].slice(0, 10);
  distinct.forEach((one, index) => {
    for (const other of distinct.slice(index + 1)) {
      add(one < other ? `#${one}#${other}` : `#${other}#${one}`, CONCEPT_PAIR);
    }
  });
}

function scaled(counted: Map<string, number>): Features {
  let squares = 0;
  for (const weight of counted.values()) squares += weight * weight;
  const scale = 1 / Math.sqrt(squares || 1);
  for (const [feature, weight] of counted) counted.set(feature, weight * scale);
  return counted;
}

/** Four letters of a word. */
export function isGram(feature: string): boolean {
  return feature.startsWith('~');
}
