import { readValue } from './column-value.ts';
import { guidOf } from './ids.ts';
import type { Inside } from './inside.ts';
import { isReference, type Row, type Values } from './row.ts';
import { withState } from './state-rules.ts';

/** Rows of a test are held to the columns as well: of known names, of their type, within options. */
export function checkValues(inside: Inside, tableName: string, values: Values): void {
  const table = inside.metadata.table(tableName);
  for (const [name, value] of Object.entries(values)) {
    const column = table.columns.get(name);
    if (column === undefined) throw new Error(`${tableName} has no column ${name}`);
    if (!isReference(value)) {
      if (column.targets !== undefined && value !== null) {
        throw new Error(`${tableName}.${name} is a lookup`);
      }
      readValue(table, column, value);
    } else if (column.targets === undefined || !(value.table in column.targets)) {
      throw new Error(`${tableName}.${name} does not point to ${value.table}`);
    }
  }
}

export function seedRow(inside: Inside, tableName: string, values: Values): Row {
  const { metadata, rows, systemUserId } = inside;
  checkValues(inside, tableName, values);
  const table = metadata.table(tableName);
  const given = values[table.id];
  const id = typeof given === 'string' ? given : guidOf(`${tableName} ${rows.version()}`);
  const owner = { ownerid: { table: 'systemuser', id: systemUserId } };
  const all = table.columns.has('ownerid') ? { ...owner, ...values } : values;
  return rows.create(tableName, id, withState(table, undefined, all), systemUserId);
}
