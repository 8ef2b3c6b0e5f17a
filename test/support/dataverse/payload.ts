import { readValue } from './column-value.ts';
import { GUID } from './ids.ts';
import type { Inside } from './inside.ts';
import { type Column, navigationOf, type Table } from './metadata.ts';
import { badPayload, invalidProperty, noRow, Refusal } from './refusal.ts';
import type { Reference, Value, Values } from './row.ts';

const BIND = '@odata.bind';

type Purpose = 'create' | 'update';

/**
 * The real one leaves out what may not be written, without a word. Here it is an error: a client that
 * counts on such a write is wrong.
 */
function checkAccess(table: Table, column: Column, purpose: Purpose): void {
  const open = column.access === 'read-write' || column.access === `no-${other(purpose)}`;
  if (open) return;
  throw new Refusal(
    400,
    '0x0',
    `The attribute '${column.name}' of '${table.name}' is not valid for ${purpose}.`,
  );
}

const other = (purpose: Purpose): Purpose => (purpose === 'create' ? 'update' : 'create');

function readBind(inside: Inside, table: Table, property: string, value: unknown): [Column, Value] {
  const navigation = navigationOf(table, property);
  if (navigation === undefined) {
    throw badPayload(
      table.set,
      `An undeclared property '${property}' which only has property annotations in the payload but no property value was found in the payload. In OData, only declared navigation properties and declared named streams can be represented as properties without values.`,
    );
  }
  return [navigation.column, readTarget(inside, table, navigation.targets, value)];
}

function readTarget(
  inside: Inside,
  table: Table,
  targets: readonly string[],
  value: unknown,
): Reference {
  const base = inside.base();
  const path = typeof value === 'string' ? value.replace(base, '').replace(/^\//, '') : '';
  const [, set = '', id = ''] = /^([a-z]+)\(([^)]+)\)$/.exec(path) ?? [];
  const target = inside.metadata.bySet(set);
  if (target === undefined || !GUID.test(id) || !targets.includes(target.name)) {
    throw badPayload(table.set, `The value ${JSON.stringify(value)} does not name a row here.`);
  }
  const reference = { table: target.name, id: id.toLowerCase() };
  if (inside.rows.get(reference.table, reference.id) === undefined) {
    throw noRow(reference.table, reference.id);
  }
  return reference;
}

function parseBody(table: Table, body: string): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw badPayload(table.set, 'Invalid JSON.');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw badPayload(table.set, 'A JSON object was expected.');
  }
  return parsed as Record<string, unknown>;
}

/** A body of POST or PATCH, checked against the columns. */
export function readPayload(inside: Inside, table: Table, body: string, purpose: Purpose): Values {
  const values: Record<string, Value> = {};
  const put = (column: Column, value: Value): void => {
    checkAccess(table, column, purpose);
    values[column.name] = value;
  };
  for (const [name, value] of Object.entries(parseBody(table, body))) {
    if (name.endsWith(BIND)) {
      put(...readBind(inside, table, name.slice(0, -BIND.length), value));
      continue;
    }
    const navigation = value === null ? navigationOf(table, name) : undefined;
    const column = table.columns.get(name) ?? navigation?.column;
    if (column === undefined) throw invalidProperty(name, table.name);
    if (column.targets !== undefined && value !== null) throw invalidProperty(name, table.name);
    put(column, readValue(table, column, value));
  }
  return values;
}
