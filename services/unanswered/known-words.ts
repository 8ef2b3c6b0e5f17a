import type { Article } from '../domain/article.ts';
import { LANGUAGES } from '../domain/language.ts';
/** Words that stand in any article, its questions and wordings included. */
export function knownWordsOf(articles: readonly Article[]): ReadonlySet<string> {
  const known = new Set<string>();
  const add = (text: string): void => {
    // A slot's name is no word of the product.
    for (const word of text.replace(/\{[^}]*\}/gu, ' ').match(/[\p{L}\p{N}_'’-]+/gu) ?? []) {
      known.add(word.toLocaleLowerCase());
    }
  };
  for (const article of articles) {
    for (const lang of LANGUAGES) {
      const { title, meaning, cause, questions, steps, notices } = article;
      [title[lang], meaning[lang], cause[lang], ...questions[lang]].forEach(add);
      [...steps, ...notices].forEach(({ text }) => add(text[lang]));
    }
    [...article.templates, ...article.decoys].forEach(({ text }) => add(text));
    for (const { text, aliases, message } of article.codes)
      [text, ...aliases, message ?? ''].forEach(add);
  }
  return known;
}
