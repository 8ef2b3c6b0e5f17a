import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Article } from '../domain/article.ts';
import type { TopicId } from '../domain/ids.ts';
import type { Problem } from '../observability/index.ts';
import { type ArticleFolder, articleProblems } from './article-problems.ts';
import { type ParsedArticle, parseArticleSource } from './parse-article-source.ts';

const EXTENSION = '.yaml';

export type LoadedArticles =
  | { readonly kind: 'loaded'; readonly articles: ReadonlyMap<TopicId, Article> }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/**
 * Reads every article of a folder. Wrong articles are a value, and all of their problems come at
 * once: an author should not have to start the program once per mistake.
 */
export async function loadArticles(directory: string): Promise<LoadedArticles> {
  const files = await articleFilesIn(directory);
  if (files.length === 0) {
    return {
      kind: 'invalid',
      problems: [
        {
          where: directory,
          path: '',
          what: 'there are no articles (*.yaml) here, or the folder cannot be read',
          remedy: 'point to the folder data/knowledge of this release',
        },
      ],
    };
  }
  const problems: Problem[] = [];
  const articles = new Map<TopicId, Article>();
  // A broken file still exists: that others name it as related is no second problem.
  const folder: ArticleFolder = {
    knownIds: new Set(files.map((file) => file.slice(0, -EXTENSION.length))),
    wordings: new Map(),
  };
  for (const file of files) {
    const read = await readArticle(directory, file);
    const found = 'problems' in read ? read.problems : articleProblems(file, read.article, folder);
    problems.push(...found);
    if ('article' in read) articles.set(read.article.id, read.article);
  }
  return problems.length > 0 ? { kind: 'invalid', problems } : { kind: 'loaded', articles };
}

async function articleFilesIn(directory: string): Promise<readonly string[]> {
  try {
    const names = await readdir(directory);
    return names.filter((name) => name.endsWith(EXTENSION)).sort();
  } catch {
    return [];
  }
}

async function readArticle(directory: string, file: string): Promise<ParsedArticle> {
  let source: string;
  try {
    source = await readFile(join(directory, file), 'utf8');
  } catch (thrown) {
    const what = thrown instanceof Error ? thrown.message : String(thrown);
    return { problems: [{ where: file, path: '', what, remedy: 'make the file readable' }] };
  }
  return parseArticleSource(file, source);
}
