import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Article } from '../domain/article.ts';
import type { TopicId } from '../domain/ids.ts';
import type { Problem } from '../observability/index.ts';
import { type ArticleFolder, articleProblems } from './article-problems.ts';
import { parseArticle } from './article-schema.ts';

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

type ReadArticle = { readonly article: Article } | { readonly problems: readonly Problem[] };

async function readArticle(directory: string, file: string): Promise<ReadArticle> {
  let source: string;
  try {
    source = await readFile(join(directory, file), 'utf8');
  } catch (thrown) {
    const what = thrown instanceof Error ? thrown.message : String(thrown);
    return { problems: [{ where: file, path: '', what, remedy: 'make the file readable' }] };
  }
  const document = parseDocument(source, { prettyErrors: true });
  if (document.errors.length > 0) {
    return { problems: document.errors.map((error) => syntaxProblem(file, error)) };
  }
  let content: unknown;
  try {
    content = document.toJS();
  } catch (thrown) {
    // Aliases that resolve to nothing, or to far too much, show only here.
    const what = thrown instanceof Error ? thrown.message : String(thrown);
    return { problems: [{ where: file, path: '', what, remedy: 'write the text out instead' }] };
  }
  const parsed = parseArticle(content);
  if (parsed.success) return { article: parsed.data };
  return { problems: parsed.error.issues.flatMap((issue) => shapeProblems(file, issue)) };
}

function syntaxProblem(
  file: string,
  error: { readonly message: string; readonly linePos?: readonly { line: number; col: number }[] },
): Problem {
  const start = error.linePos?.[0];
  return {
    where: file,
    path: start === undefined ? '' : `line ${start.line}, column ${start.col}`,
    what: error.message.split('\n')[0] ?? error.message,
    remedy: "correct the YAML; a text with ': ' or a leading quote needs quotes or '>-'",
  };
}

function shapeProblems(file: string, issue: z.core.$ZodIssue): readonly Problem[] {
  const path = pathOf(issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      where: file,
      path: path === '' ? key : `${path}.${key}`,
      what: 'there is no such field',
      remedy: 'remove it, or correct its spelling (services/knowledge/article-schema.ts)',
    }));
  }
  return [{ where: file, path, what: issue.message, remedy: shapeRemedy(issue) }];
}

function shapeRemedy(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `write a value of type ${issue.expected} here`;
    case 'invalid_value':
      return `use one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return `write at least ${String(issue.minimum)}`;
    case 'invalid_format':
      return issue.format === 'date'
        ? 'write the day as YYYY-MM-DD'
        : `write a valid ${issue.format}`;
    default:
      return 'see services/knowledge/article-schema.ts for the shape of an article';
  }
}

function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}
