import type { Draft } from './pattern-draft.ts';
import type { Vocabulary } from './vocabulary.ts';

const LEAST_WEIGHT = 0.12;
const SHORT_WORD = 0.5;
const SHORT_LENGTH = 2;

/**
 * A word that every alert has says little; one that only one alert has says nearly all. Counted over
 * topics, not over templates, so that an alert with many wordings does not make its own words cheap.
 */
export function wordWeights(drafts: readonly Draft[], vocabulary: Vocabulary): Float64Array {
  const groups = new Map<string, Set<number>>();
  for (const draft of drafts) {
    const key = `${draft.lang} ${draft.article.id} ${draft.decoy ? 'decoy' : ''}`;
    const words = groups.get(key) ?? new Set<number>();
    for (const element of draft.elements) if (element.word >= 0) words.add(element.word);
    groups.set(key, words);
  }
  const frequency = new Float64Array(vocabulary.size);
  for (const words of groups.values()) {
    for (const word of words) frequency[word] = (frequency[word] ?? 0) + 1;
  }
  const rarest = inverseFrequency(1, groups.size);
  return frequency.map((count, word) => {
    const share = inverseFrequency(count, groups.size) / rarest;
    const short = vocabulary.wordOf(word).length <= SHORT_LENGTH ? SHORT_WORD : 1;
    return LEAST_WEIGHT + (1 - LEAST_WEIGHT) * share * share * short;
  });
}

function inverseFrequency(count: number, groups: number): number {
  return Math.log(1 + (groups - count + 0.5) / (count + 0.5));
}
