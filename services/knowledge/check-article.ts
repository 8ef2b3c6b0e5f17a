import type { Article } from '../domain/article.ts';
import { type ArticleFolder, articleProblems } from './article-problems.ts';
import { type ParsedArticle, parseArticleSource } from './parse-article-source.ts';

/** Holds a source that an expert wrote to everything that files are held to, among the other articles. */
export function checkArticle(
  topic: string,
  source: string,
  articles: readonly Article[],
): ParsedArticle {
  const file = `${topic}.yaml`;
  const parsed = parseArticleSource(file, source);
  if ('problems' in parsed) return parsed;
  const others = articles.filter(({ id }) => id !== topic);
  const folder: ArticleFolder = {
    knownIds: new Set<string>([...others.map(({ id }) => id), topic]),
    wordings: new Map(
      others.flatMap(({ id, templates, decoys }) =>
        [...templates, ...decoys].map(({ lang, text }) => [`${lang} ${text}`, `${id}.yaml`]),
      ),
    ),
  };
  const problems = articleProblems(file, parsed.article, folder);
  return problems.length > 0 ? { problems } : parsed;
}
