import type { Article } from '../../domain/article.ts';
import { LANGUAGES } from '../../domain/language.ts';
import { randomNumbers } from './random-order.ts';

const SEED = 8_005;
const JUMBLES_PER_LANGUAGE = 150;
const FEWEST_WORDS = 4;
const MOST_WORDS = 18;

/**
 * The field's words in no order and from everywhere: nobody asks anything in them. Without these, a
 * text counts as a question about whatever it has most words of.
 */
export function jumbles(articles: readonly Article[]): readonly string[] {
  const random = randomNumbers(SEED);
  return LANGUAGES.flatMap((lang) => {
    const words = articles.flatMap(({ title, meaning, cause, questions }) =>
      [title[lang], meaning[lang], cause[lang], ...questions[lang]].join(' ').split(/\s+/),
    );
    return Array.from({ length: JUMBLES_PER_LANGUAGE }, () => {
      const length = FEWEST_WORDS + Math.floor(random() * (MOST_WORDS - FEWEST_WORDS));
      return Array.from({ length }, () => words[Math.floor(random() * words.length)] ?? '').join(
        ' ',
      );
    });
  });
}
