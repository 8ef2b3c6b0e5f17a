import { emptyAnswer, jsonAnswer, preferenceHeader } from './answers.ts';
import { guidOf } from './ids.ts';
import type { Answer, Ask, Inside } from './inside.ts';
import type { Table } from './metadata.ts';
import { readPayload } from './payload.ts';
import { readPreferences } from './prefer.ts';
import { readQuery } from './query.ts';
import { badRequest, noRow, notInFake, Refusal, versionMismatch } from './refusal.ts';
import { etagOf, type Row } from './row.ts';
import type { Rules } from './rules.ts';

function checkMessage(table: Table, message: Table['messages'][number]): void {
  if (table.messages.includes(message)) return;
  throw new Refusal(
    405,
    '0x80040800',
    `The '${message}' method does not support entities of type '${table.name}'.`,
  );
}

function done(inside: Inside, table: Table, row: Row, ask: Ask, created: boolean): Answer {
  const preferences = readPreferences(ask.headers.prefer ?? '');
  const url = `${inside.base()}${table.set}(${row.id})`;
  if (!preferences.returnRepresentation) {
    const location = created ? { location: url } : {};
    return emptyAnswer(204, { ...location, 'odata-entityid': url });
  }
  const query = readQuery(inside.metadata, table, ask.search);
  for (const option of query.asked) {
    if (option !== '$select' && option !== '$expand') throw notInFake(`${option} for one row`);
  }
  const shown = inside.presenter.show(row, query, preferences);
  const headers = { etag: etagOf(row), ...preferenceHeader(preferences.applied) };
  return jsonAnswer(
    { '@odata.context': `${inside.base()}$metadata#${table.set}/$entity`, ...shown },
    headers,
    created ? 201 : 200,
  );
}

/** POST to a set. */
export function createRow(
  inside: Inside,
  rules: Rules,
  table: Table,
  ask: Ask,
  namedId?: string,
): Answer {
  checkMessage(table, 'create');
  inside.callers.demand(ask.caller, `prvCreate${table.privilege}`, table);
  const values = readPayload(inside, table, ask.body, 'create');
  const given = namedId ?? values[table.id];
  const id = typeof given === 'string' ? given : guidOf(`${table.name} ${inside.rows.version()}`);
  if (inside.rows.get(table.name, id) !== undefined) {
    throw new Refusal(412, '0x80040237', 'A record with matching key values already exists.');
  }
  return inside.rows.atomically(() => {
    const owner = { table: 'systemuser', id: ask.caller.userId };
    const all = table.columns.has('ownerid') ? { ownerid: owner, ...values } : values;
    const ruled = rules.beforeCreate(table, all);
    const row = inside.rows.create(table.name, id, ruled, ask.caller.userId);
    return done(inside, table, row, ask, true);
  });
}

function checkVersion(ask: Ask, row: Row): void {
  const wanted = ask.headers['if-match'];
  if (wanted !== undefined && wanted !== '*' && wanted !== etagOf(row)) throw versionMismatch();
  if (ask.headers['if-none-match'] === '*') {
    throw new Refusal(412, '0x80040237', 'A record with matching key values already exists.');
  }
}

/** PATCH of a row. Without `If-Match` it creates a row that is not there, as Dataverse does. */
export function updateRow(
  inside: Inside,
  rules: Rules,
  table: Table,
  id: string,
  ask: Ask,
): Answer {
  const row = inside.rows.get(table.name, id);
  if (row === undefined) {
    if (ask.headers['if-match'] !== undefined) throw noRow(table.name, id);
    return createRow(inside, rules, table, ask, id);
  }
  checkMessage(table, 'update');
  inside.callers.demand(ask.caller, `prvWrite${table.privilege}`, table);
  checkVersion(ask, row);
  const values = readPayload(inside, table, ask.body, 'update');
  if (Object.keys(values).length === 0) throw badRequest('The payload names no attribute.');
  return inside.rows.atomically(() => {
    const ruled = rules.beforeUpdate(table, row, values, ask.caller);
    if (Object.keys(ruled).length > 0) {
      inside.rows.update(table.name, id, ruled, ask.caller.userId);
    }
    rules.afterUpdate(table, row, ruled, ask.caller);
    return done(inside, table, inside.rows.get(table.name, id) ?? row, ask, false);
  });
}

/** DELETE of a row. */
export function deleteRow(
  inside: Inside,
  rules: Rules,
  table: Table,
  id: string,
  ask: Ask,
): Answer {
  checkMessage(table, 'delete');
  inside.callers.demand(ask.caller, `prvDelete${table.privilege}`, table);
  const row = inside.rows.get(table.name, id);
  if (row === undefined) throw noRow(table.name, id);
  checkVersion(ask, row);
  rules.beforeDelete(table, row);
  inside.rows.remove(table.name, id, ask.caller.userId);
  return emptyAnswer(204);
}
