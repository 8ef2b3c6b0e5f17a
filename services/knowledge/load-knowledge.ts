import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Problem } from '../observability/index.ts';
import { type Catalogue, createKnowledge } from './create-knowledge.ts';
import type { Knowledge } from './knowledge.ts';
import { loadArticles } from './load-articles.ts';
import { lexiconSchema, outOfScopeSchema } from './questions/lexicon.ts';

export type LoadedKnowledge =
  | { readonly kind: 'loaded'; readonly knowledge: Knowledge }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/** Reads data/knowledge and data/questions; every problem of every file is told at once. */
export async function loadKnowledge(
  dataDirectory: string,
  options: { readonly catalogue?: Catalogue } = {},
): Promise<LoadedKnowledge> {
  const questions = join(dataDirectory, 'questions');
  const [articles, lexicon, outOfScope] = await Promise.all([
    loadArticles(join(dataDirectory, 'knowledge')),
    readYaml(join(questions, 'lexicon.yaml'), lexiconSchema),
    readYaml(join(questions, 'out-of-scope.yaml'), outOfScopeSchema),
  ]);
  if (articles.kind === 'loaded' && lexicon.kind === 'read' && outOfScope.kind === 'read') {
    const knowledge = createKnowledge({
      articles: articles.articles,
      lexicon: lexicon.value,
      outOfScope: outOfScope.value,
      ...options,
    });
    return { kind: 'loaded', knowledge };
  }
  const problems = [articles, lexicon, outOfScope].flatMap((source) =>
    source.kind === 'invalid' ? source.problems : [],
  );
  return { kind: 'invalid', problems };
}

type ReadYaml<Value> =
  | { readonly kind: 'read'; readonly value: Value }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

async function readYaml<Value>(file: string, schema: z.ZodType<Value>): Promise<ReadYaml<Value>> {
  let source: string;
  try {
    source = await readFile(file, 'utf8');
  } catch (thrown) {
    const what = thrown instanceof Error ? thrown.message : String(thrown);
    const remedy = 'restore the file from this release';
    return { kind: 'invalid', problems: [{ where: file, path: '', what, remedy }] };
  }
  const document = parseDocument(source);
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ message }) => ({
      where: file,
      path: '',
      what: message,
      remedy: 'correct the YAML at this place',
    }));
    return { kind: 'invalid', problems };
  }
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return { kind: 'read', value: parsed.data };
  const problems = parsed.error.issues.map((issue) => ({
    where: file,
    path: issue.path.join('.'),
    what: issue.message,
    remedy: 'see services/knowledge/questions/lexicon.ts for the shape of this file',
  }));
  return { kind: 'invalid', problems };
}
