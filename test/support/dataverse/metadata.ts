import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const access = z.enum(['read-write', 'no-create', 'no-update', 'read-only']);
const columnType = z.enum([
  'BigInt',
  'Boolean',
  'DateTime',
  'EntityName',
  'Integer',
  'Lookup',
  'Memo',
  'Owner',
  'Picklist',
  'State',
  'Status',
  'String',
  'Uniqueidentifier',
]);
const columnFile = z.strictObject({
  type: columnType,
  access,
  max: z.int().positive().optional(),
  least: z.int().optional(),
  most: z.int().optional(),
  default: z.boolean().optional(),
  /** Table -> single-valued navigation property. */
  targets: z.record(z.string(), z.string()).optional(),
  options: z.record(z.string().regex(/^\d+$/), z.string()).optional(),
  /** Of a statecode: the statuscode it takes when none is named. */
  statusOf: z.record(z.string(), z.int()).optional(),
  /** Of a statuscode: the statecode it belongs to. */
  states: z.record(z.string(), z.int()).optional(),
  required: z.boolean().default(false),
  secret: z.boolean().default(false),
});
const tableFile = z.strictObject({
  source: z.url(),
  name: z.string(),
  set: z.string(),
  id: z.string(),
  primaryName: z.string().optional(),
  typeCode: z.int(),
  ownership: z.enum(['user', 'organization']),
  /** What follows prvRead, prvWrite, prvCreate, prvDelete. */
  privilege: z.string(),
  messages: z.array(z.enum(['create', 'update', 'delete'])),
  columns: z.record(z.string(), columnFile),
});

export interface Column extends Omit<z.infer<typeof columnFile>, 'options'> {
  readonly name: string;
  readonly options?: ReadonlyMap<number, string>;
}

export interface Table extends Omit<z.infer<typeof tableFile>, 'columns'> {
  readonly columns: ReadonlyMap<string, Column>;
}

export interface Metadata {
  readonly tables: readonly Table[];
  table(name: string): Table;
  bySet(set: string): Table | undefined;
}

function columnOf(name: string, { options, ...file }: z.infer<typeof columnFile>): Column {
  const isReference = file.type === 'Lookup' || file.type === 'Owner';
  const hasOptions = ['Boolean', 'Picklist', 'State', 'Status'].includes(file.type);
  if (isReference !== (file.targets !== undefined) || hasOptions !== (options !== undefined)) {
    throw new Error(`${name}: ${file.type} with the wrong facts`);
  }
  if (options === undefined) return { name, ...file };
  const labels = Object.entries(options).map(([value, label]) => [Number(value), label] as const);
  return { name, ...file, options: new Map(labels) };
}

function tableOf(file: z.infer<typeof tableFile>): Table {
  const columns = Object.entries(file.columns).map(([name, column]) => columnOf(name, column));
  const table = { ...file, columns: new Map(columns.map((column) => [column.name, column])) };
  // The primary key of mailboxstatistics is documented as a plain identifier.
  if (table.columns.get(file.id)?.type !== 'Uniqueidentifier') {
    throw new Error(`${file.name}: no identifier`);
  }
  return table;
}

/** What Microsoft's reference says of the tables, from the files beside this one. */
export function loadMetadata(): Metadata {
  const folder = join(import.meta.dirname, 'metadata');
  const tables = readdirSync(folder).map((file) =>
    tableOf(tableFile.parse(parse(readFileSync(join(folder, file), 'utf8')))),
  );
  return {
    tables,
    table(name) {
      const found = tables.find((table) => table.name === name);
      if (found === undefined) throw new Error(`The fake has no table ${name}`);
      return found;
    },
    bySet: (set) => tables.find((table) => table.set === set),
  };
}

/** The name under which a column is read and filtered: lookups by their value. */
export function propertyOf(column: Column): string {
  return column.targets === undefined ? column.name : `_${column.name}_value`;
}

export function columnByProperty(table: Table, property: string): Column | undefined {
  const lookup = /^_(.+)_value$/.exec(property)?.[1];
  const column = table.columns.get(lookup ?? property);
  return column !== undefined && propertyOf(column) === property ? column : undefined;
}

export interface Navigation {
  readonly column: Column;
  /** One unless several targets share the property, as those of an owner. */
  readonly targets: readonly string[];
}

export function navigationOf(table: Table, property: string): Navigation | undefined {
  for (const column of table.columns.values()) {
    const targets = Object.entries(column.targets ?? {})
      .filter(([, navigation]) => navigation === property)
      .map(([target]) => target);
    if (targets.length > 0) return { column, targets };
  }
  return undefined;
}
