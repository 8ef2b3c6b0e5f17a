import { LANGUAGES, type Language, type Localized } from '../../domain/language.ts';

const MOST_WORDS = 400;

/** The language whose small words a text has more of; null where they tell too little. */
export function detectLanguage(
  words: readonly string[],
  functionWords: Localized<ReadonlySet<string>>,
): Language | null {
  const counts = LANGUAGES.map((lang) => {
    let count = 0;
    for (let index = 0; index < words.length && index < MOST_WORDS; index++) {
      const word = words[index] ?? '';
      const own = functionWords[lang].has(word);
      const shared = LANGUAGES.some((other) => other !== lang && functionWords[other].has(word));
      if (own && !shared) count++;
    }
    return { lang, count };
  }).sort((a, b) => b.count - a.count);
  const [first, second] = counts;
  if (!first || first.count === 0 || first.count === second?.count) return null;
  return first.lang;
}
