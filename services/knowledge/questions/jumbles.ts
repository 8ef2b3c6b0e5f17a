import type { Article } from '../../domain/article.ts';
import { LANGUAGES, type Language } from '../../domain/language.ts';
import { randomNumbers } from './random-order.ts';

const SEED = 8_005;
const HEAPS_PER_LANGUAGE = 500;
const HEAPS_OF_ALERTS = 200;
const PIECES_OF_ALERTS = 200;
const PLACEHOLDER = /\{[^}]*\}/g;

/**
 * The field's words in no order, from everywhere and from single alerts, and pieces of alerts: nobody
 * asks anything in them. Without these, a text counts as a question about whatever it has most words of.
 */
export function jumbles(articles: readonly Article[]): readonly string[] {
  const random = randomNumbers(SEED);
  const upTo = (most: number): number => Math.floor(random() * most);
  const between = (least: number, most: number): number => least + upTo(most - least);
  const heap = (words: readonly string[], length: number): string =>
    Array.from({ length }, () => words[upTo(words.length)] ?? '').join(' ');
  return LANGUAGES.flatMap((lang) => {
    const words = articles.flatMap((article) => wordsOf(proseOf(article, lang)));
    const alerts = alertsOf(articles, lang);
    const alert = (): readonly string[] => alerts[upTo(alerts.length)] ?? [];
    return [
      ...Array.from({ length: HEAPS_PER_LANGUAGE }, () => heap(words, between(3, 18))),
      ...Array.from({ length: HEAPS_OF_ALERTS }, () => {
        const one = alert();
        return heap(one, Math.min(one.length, between(3, 25)));
      }),
      ...Array.from({ length: PIECES_OF_ALERTS }, () => {
        const one = alert();
        const start = upTo(Math.max(1, one.length - 2));
        return one.slice(start, start + between(2, 6)).join(' ');
      }),
    ];
  });
}

function proseOf({ title, meaning, cause, questions }: Article, lang: Language): string {
  return [title[lang], meaning[lang], cause[lang], ...questions[lang]].join(' ');
}

function alertsOf(articles: readonly Article[], lang: Language): readonly (readonly string[])[] {
  return articles.flatMap(({ templates }) =>
    templates
      .filter((template) => template.lang === lang)
      .map(({ text }) => wordsOf(text.replace(PLACEHOLDER, ' '))),
  );
}

function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
