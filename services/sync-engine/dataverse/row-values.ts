import { type Instant, instantOf } from '../../domain/time.ts';

/** A row as OData writes it. Nothing about it is taken for granted: a null, another type, a missing column. */
export type RowValues = Readonly<Record<string, unknown>>;

const LOOKUP_TABLE = 'Microsoft.Dynamics.CRM.lookuplogicalname';

/** Trimmed; null where there is none. */
export function textIn(row: RowValues, column: string): string | null {
  const value = row[column];
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? null : text;
}

export function numberIn(row: RowValues, column: string): number | null {
  const value = row[column];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export function flagIn(row: RowValues, column: string): boolean | null {
  const value = row[column];
  return typeof value === 'boolean' ? value : null;
}

export function momentIn(row: RowValues, column: string): Instant | null {
  const value = row[column];
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? null : instantOf(ms);
}

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const isKey = (text: string): boolean => GUID.test(text);

/** A key, in small letters as all ids here; null for what is none. */
export function keyIn(row: RowValues, column: string): string | null {
  const key = textIn(row, column)?.toLowerCase() ?? '';
  return isKey(key) ? key : null;
}

export interface Lookup {
  readonly id: string;
  /** Of a lookup with several targets; null where the answer came without annotations. */
  readonly table: string | null;
}

/** `lookupIn(row, 'regardingobjectid')`: where it leads to, and to a row of which table. */
export function lookupIn(row: RowValues, column: string): Lookup | null {
  const property = `_${column}_value`;
  const id = keyIn(row, property);
  return id === null ? null : { id, table: textIn(row, `${property}@${LOOKUP_TABLE}`) };
}

/** Counts on with each change of the row; an Int64, which some answers write as a text. */
export function versionIn(row: RowValues): number {
  const value = row.versionnumber;
  const version = typeof value === 'string' ? Number(value) : value;
  return typeof version === 'number' && Number.isSafeInteger(version) && version >= 0 ? version : 0;
}
