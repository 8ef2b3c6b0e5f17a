import { LANGUAGES, type Language, type Localized } from '../../domain/language.ts';
import { scan } from './scan.ts';

const MOST_WORDS = 400;

export type FunctionWords = ReadonlyMap<Language, ReadonlySet<string>>;

/** Each language's small words as a text's words are read. */
export function functionWordsOf(words: Localized<readonly string[]>): FunctionWords {
  return new Map(
    LANGUAGES.map((lang) => [lang, new Set(words[lang].flatMap((word) => scan(word).words))]),
  );
}

/** The language whose small words a text has more of; null where they tell too little. */
export function detectLanguage(
  words: readonly string[],
  functionWords: FunctionWords,
): Language | null {
  const counts = LANGUAGES.map((lang) => {
    let count = 0;
    for (let index = 0; index < words.length && index < MOST_WORDS; index++) {
      const word = words[index] ?? '';
      const own = functionWords.get(lang)?.has(word) === true;
      const shared = LANGUAGES.some(
        (other) => other !== lang && functionWords.get(other)?.has(word) === true,
      );
      if (own && !shared) count++;
    }
    return { lang, count };
  }).sort((a, b) => b.count - a.count);
  const [first, second] = counts;
  if (!first || first.count === 0 || first.count === second?.count) return null;
  return first.lang;
}
