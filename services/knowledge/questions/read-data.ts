import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Problem } from '../../observability/index.ts';

export type ReadData<Value> =
  | { readonly kind: 'read'; readonly value: Value }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/** A YAML file (JSON is YAML) in the shape that it must have. */
export async function readData<Value>(
  file: string,
  schema: z.ZodType<Value>,
): Promise<ReadData<Value>> {
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
    remedy: 'see services/knowledge/questions for the shape of this file',
  }));
  return { kind: 'invalid', problems };
}
