import { parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Article } from '../domain/article.ts';
import type { Problem } from '../observability/index.ts';
import { parseArticle } from './article-schema.ts';

export type ParsedArticle =
  | { readonly article: Article }
  | { readonly problems: readonly Problem[] };

/** One article from its YAML, whether a file has it or an expert wrote it; all problems at once. */
export function parseArticleSource(file: string, source: string): ParsedArticle {
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
