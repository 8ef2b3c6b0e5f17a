import { AppError } from '../observability/index.ts';
import { recordSchemas } from './record-schemas.ts';
import type { CollectionName, Collections } from './store.ts';

function freezeDeeply(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  Object.freeze(value);
  for (const part of Object.values(value)) freezeDeeply(part);
}

/**
 * Checks what claims to be a record; `where` names the file, or who puts it. The result is frozen
 * all the way down, because every reader gets the same object.
 */
export function parseRecord<Name extends CollectionName>(
  collection: Name,
  raw: unknown,
  where: string,
): Collections[Name] {
  const parsed = recordSchemas[collection].safeParse(raw);
  if (!parsed.success) {
    const id = typeof raw === 'object' && raw !== null && 'id' in raw ? String(raw.id) : '?';
    const problems = parsed.error.issues
      .map((issue) => `${issue.path.join('.') || '(record)'}: ${issue.message}`)
      .join('; ');
    throw new AppError('record-invalid', `${where}: ${collection} record "${id}": ${problems}`);
  }
  const record = parsed.data as Collections[Name];
  freezeDeeply(record);
  return record;
}

/**
 * The form in which a record is kept in memory is exactly the one that a reopened store reads: it
 * has been through JSON, so that `undefined`, dates and the caller's own object leave no trace.
 */
export function keptRecord<Name extends CollectionName>(
  collection: Name,
  record: Collections[Name],
): Collections[Name] {
  return parseRecord(collection, JSON.parse(JSON.stringify(record)) as unknown, 'put');
}
