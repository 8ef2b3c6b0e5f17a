import type { AlertTemplate, Article } from '../../services/domain/article.ts';
import type { TopicId } from '../../services/domain/ids.ts';
import { seeded } from './random.ts';

const SHARE_REPLACED = 0.45;
/** With fewer it may still be the real one. */
const LEAST_REPLACED = 4;
const SHORTEST = 5;
const WORD = /[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu;

/** Alerts that no product raises: the wordings of real ones with other words of the articles in them. */
export function distractorArticles(
  articles: readonly Article[],
  count: number,
): readonly Article[] {
  const alerts = articles.filter(({ templates }) => templates.length > 0);
  const vocabularies = new Map(
    (['sv', 'en'] as const).map((lang) => [lang as string, vocabularyOf(articles, lang)]),
  );
  const random = seeded('distractors');
  return Array.from({ length: count }, (_, index): Article => {
    const article = random.pick(alerts);
    const templates = (['sv', 'en'] as const).flatMap((lang): AlertTemplate[] => {
      const own = article.templates.filter((template) => template.lang === lang);
      if (own.length === 0) return [];
      const template = random.pick(own);
      const words = vocabularies.get(lang) ?? [];
      let replaced = 0;
      const text = template.text
        .split(/(\{[^{}]*\}|\[[^[\]]*\])/)
        .map((part) => {
          if (/^[{[]/.test(part)) return part;
          return part.replace(WORD, (word) => {
            if (word.length < SHORTEST || !random.chance(SHARE_REPLACED)) return word;
            replaced++;
            return random.pick(words);
          });
        })
        .join('');
      if (replaced < LEAST_REPLACED) return [];
      return [{ ...template, text }];
    });
    const id = `distractor-${index}` as TopicId;
    return { ...article, id, templates, codes: [], decoys: [], questions: { sv: [], en: [] } };
  });
}

function vocabularyOf(articles: readonly Article[], lang: 'sv' | 'en'): readonly string[] {
  const words = articles.flatMap(({ title, meaning, cause, questions }) =>
    [title[lang], meaning[lang], cause[lang], ...questions[lang]].join(' ').match(WORD),
  );
  return [...new Set(words.filter((word) => word !== null && word.length >= SHORTEST))] as string[];
}
