import type { Column, Metadata, Table } from './metadata.ts';
import { moment, type Reference, type Row, type Value, type Values } from './row.ts';

export interface Change {
  readonly kind: 'create' | 'update' | 'delete';
  readonly table: string;
  readonly id: string;
  /** Columns that were written, whether or not their value is another one now. */
  readonly written: Values;
  readonly by: string;
}

export interface Deletion {
  readonly table: string;
  readonly id: string;
  readonly version: number;
}

export interface Rows {
  version(): number;
  get(table: string, id: string): Row | undefined;
  all(table: string): readonly Row[];
  deletions(table: string): readonly Deletion[];
  create(table: string, id: string, values: Values, by: string): Row;
  /** Writing nothing moves modifiedon and the version all the same. */
  update(table: string, id: string, values: Values, by: string): Row;
  remove(table: string, id: string, by: string): void;
  /** All or nothing; listeners hear of it when all is done. */
  atomically<Result>(work: () => Result): Result;
  onChange(listener: (change: Change) => void): void;
}

/** What stands in a column that cannot be empty and that nobody has written. */
function surrogateOf({ type, options }: Column): Value {
  if (type === 'DateTime') return '1900-01-01T00:00:00Z';
  if (type === 'Integer') return 0;
  return type === 'Picklist' ? Math.min(...(options?.keys() ?? [])) : null;
}

function defaultsOf(table: Table): Record<string, Value> {
  const values: Record<string, Value> = {};
  for (const column of table.columns.values()) {
    if (column.default !== undefined) values[column.name] = column.default;
    else if (column.type === 'State') values[column.name] = 0;
    else if (column.type === 'Status') values[column.name] = firstStatusOf(table, 0);
    else values[column.name] = column.required ? surrogateOf(column) : null;
  }
  return values;
}

export function firstStatusOf(table: Table, state: number): number {
  return table.columns.get('statecode')?.statusOf?.[state] ?? 1;
}

export function createRows(metadata: Metadata, now: () => number): Rows {
  let rows = new Map<string, Row>();
  let deleted: readonly Deletion[] = [];
  let version = 1_000_000;
  let pending: Change[] | undefined;
  const listeners: ((change: Change) => void)[] = [];

  const tell = (change: Change): void => {
    if (pending === undefined) for (const listener of listeners) listener(change);
    else pending.push(change);
  };
  const key = (table: string, id: string): string => `${table}/${id}`;

  function stamped(table: Table, values: Values, stamps: Values): Values {
    const known = Object.entries(stamps).filter(([name]) => table.columns.has(name));
    return { ...values, ...Object.fromEntries(known) };
  }

  function put(table: Table, id: string, values: Values, by: string): Row {
    version += 1;
    const who: Reference = { table: 'systemuser', id: by };
    const stamps = { modifiedon: moment(now()), modifiedby: who, versionnumber: version };
    const row = { table: table.name, id, version, values: stamped(table, values, stamps) };
    rows.set(key(table.name, id), row);
    return row;
  }

  return {
    version: () => version,
    get: (table, id) => rows.get(key(table, id)),
    all: (table) => [...rows.values()].filter((row) => row.table === table),
    deletions: (table) => deleted.filter((deletion) => deletion.table === table),
    create(name, id, values, by) {
      const table = metadata.table(name);
      const stamps = { createdon: moment(now()), createdby: { table: 'systemuser', id: by } };
      const all = { ...stamped(table, defaultsOf(table), stamps), ...values, [table.id]: id };
      const row = put(table, id, all, by);
      tell({ kind: 'create', table: name, id, written: values, by });
      return row;
    },
    update(name, id, values, by) {
      const before = rows.get(key(name, id));
      if (before === undefined) throw new Error(`No ${name} ${id}`);
      const row = put(metadata.table(name), id, { ...before.values, ...values }, by);
      tell({ kind: 'update', table: name, id, written: values, by });
      return row;
    },
    remove(name, id, by) {
      if (!rows.delete(key(name, id))) return;
      version += 1;
      deleted = [...deleted, { table: name, id, version }];
      tell({ kind: 'delete', table: name, id, written: {}, by });
    },
    atomically(work) {
      if (pending !== undefined) return work();
      const before = { rows: new Map(rows), deleted };
      pending = [];
      try {
        const result = work();
        const changes = pending;
        pending = undefined;
        changes.forEach(tell);
        return result;
      } catch (error) {
        ({ rows, deleted } = before);
        pending = undefined;
        throw error;
      }
    },
    onChange: (listener) => listeners.push(listener),
  };
}
