import { AppError } from '../../observability/index.ts';

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const isGuid = (value: string): boolean => GUID.test(value);

/** For what people type: always a text, also where it looks like a key. */
export const textLiteral = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** A key is bare, every other text is quoted; a moment is a Date, or goes through `momentLiteral`. */
export function literal(value: string | number | boolean | Date | null): string {
  if (value instanceof Date) return momentLiteral(value);
  if (typeof value !== 'string') return String(value);
  return isGuid(value) ? value.toLowerCase() : textLiteral(value);
}

/** Bare, as Dataverse wants its columns of time compared. */
export function momentLiteral(moment: string | Date): string {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) {
    throw new AppError('dynamics-unexpected', 'a filter names a moment that is none');
  }
  return date.toISOString();
}

/** `(column eq a or column eq b)`; no values: nothing fits, as no row has an empty key. */
export function anyOf(column: string, values: readonly (string | number)[]): string {
  if (values.length === 0) return `${column} eq ${literal('00000000-0000-0000-0000-000000000000')}`;
  return `(${values.map((value) => `${column} eq ${literal(value)}`).join(' or ')})`;
}
