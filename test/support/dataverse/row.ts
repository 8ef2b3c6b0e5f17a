export interface Reference {
  readonly table: string;
  readonly id: string;
}

/** Moments are ISO texts of whole seconds, as Dataverse prints them. */
export type Value = string | number | boolean | null | Reference;
export type Values = Readonly<Record<string, Value>>;

export interface Row {
  readonly table: string;
  readonly id: string;
  readonly version: number;
  readonly values: Values;
}

export const isReference = (value: Value | undefined): value is Reference =>
  typeof value === 'object' && value !== null;

export const sameValue = (a: Value | undefined, b: Value | undefined): boolean =>
  isReference(a) && isReference(b)
    ? a.id === b.id && a.table === b.table
    : (a ?? null) === (b ?? null);

export const moment = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** For texts: a lookup shows its identifier. */
export const textOf = (value: Value | undefined): string =>
  isReference(value) ? value.id : String(value ?? '');

export const etagOf = (row: Row): string => `W/"${row.version}"`;
