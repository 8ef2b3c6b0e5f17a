import type { z } from 'zod';
import type { Article } from '../domain/article.ts';
import type { Problem } from '../observability/index.ts';
import { parseArticle } from './article-schema.ts';
import { readYaml } from './read-yaml.ts';

export type ParsedArticle =
  | { readonly article: Article }
  | { readonly problems: readonly Problem[] };

/** One article from its YAML, whether a file has it or an expert wrote it; all problems at once. */
export function parseArticleSource(file: string, source: string): ParsedArticle {
  const read = readYaml(source);
  if ('faults' in read)
    return { problems: read.faults.map((fault) => ({ where: file, ...fault })) };
  const parsed = parseArticle(read.content);
  if (parsed.success) return { article: parsed.data };
  return { problems: parsed.error.issues.flatMap((issue) => shapeProblems(file, issue)) };
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
