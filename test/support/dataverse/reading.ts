import { emptyAnswer, jsonAnswer, preferenceHeader } from './answers.ts';
import { changesOf, trackChanges } from './change-tracking.ts';
import type { Answer, Ask, Inside } from './inside.ts';
import { contextOf, linkWith } from './links.ts';
import type { Table } from './metadata.ts';
import { cutPage } from './paging.ts';
import { readPreferences } from './prefer.ts';
import { type Query, readQuery } from './query.ts';
import { badRequest, noRow, notInFake } from './refusal.ts';
import { etagOf, isReference, type Row, type Value } from './row.ts';

/** How many rows $count looks at. */
const MOST_COUNTED = 5000;

const orderable = (value: Value | undefined): string | number => {
  if (value === null || value === undefined || isReference(value)) return '';
  return typeof value === 'string' ? value.toLowerCase() : Number(value);
};

function inOrder(order: Query['order']): (a: Row, b: Row) => number {
  return (a, b) => {
    for (const { column, descending } of order) {
      const [x, y] = [orderable(a.values[column.name]), orderable(b.values[column.name])];
      if (x !== y) return (x < y ? -1 : 1) * (descending ? -1 : 1);
    }
    return 0;
  };
}

/** GET of a set: what the query asks for, page by page. */
export function readMany(inside: Inside, table: Table, ask: Ask): Answer {
  const { callers, metadata, presenter, rows } = inside;
  callers.demand(ask.caller, `prvRead${table.privilege}`, table);
  const preferences = readPreferences(ask.headers.prefer ?? '');
  const query = readQuery(metadata, table, ask.search);
  if (preferences.trackChanges || query.deltaToken !== undefined) {
    return trackChanges(inside, table, query, preferences, ask.search);
  }
  const found = rows.all(table.name).filter(query.filter).sort(inOrder(query.order));
  const wanted = found.slice(0, query.top ?? found.length);
  const page = cutPage(wanted, query.skipToken, preferences.pageSize);
  const next =
    page.next === undefined
      ? {}
      : { '@odata.nextLink': linkWith(inside, table, ask.search, '$skiptoken', page.next) };
  return jsonAnswer(
    {
      '@odata.context': contextOf(inside, table, query),
      ...(query.count ? { '@odata.count': Math.min(found.length, MOST_COUNTED) } : {}),
      value: page.rows.map((row) => presenter.show(row, query, preferences)),
      ...next,
    },
    preferenceHeader(preferences.applied),
  );
}

/** GET of one row. */
export function readOne(inside: Inside, table: Table, id: string, ask: Ask): Answer {
  const { callers, metadata, presenter, rows } = inside;
  callers.demand(ask.caller, `prvRead${table.privilege}`, table);
  const preferences = readPreferences(ask.headers.prefer ?? '');
  const query = readQuery(metadata, table, ask.search);
  for (const option of query.asked) {
    if (option !== '$select' && option !== '$expand') throw notInFake(`${option} for one row`);
  }
  const row = rows.get(table.name, id);
  if (row === undefined) throw noRow(table.name, id);
  const mayBeOld = query.expand.length === 0 && !preferences.annotated;
  if (mayBeOld && ask.headers['if-none-match'] === etagOf(row)) return emptyAnswer(304);
  return jsonAnswer(
    {
      '@odata.context': `${contextOf(inside, table, query)}/$entity`,
      ...presenter.show(row, query, preferences),
    },
    { etag: etagOf(row), ...preferenceHeader(preferences.applied) },
  );
}

/** GET of `set/$count`. */
export function countRows(inside: Inside, table: Table, ask: Ask): Answer {
  inside.callers.demand(ask.caller, `prvRead${table.privilege}`, table);
  const query = readQuery(inside.metadata, table, ask.search);
  if ([...query.asked].some((option) => option !== '$filter' && option !== '$deltatoken')) {
    throw badRequest('Only $filter or $deltatoken may stand beside $count.');
  }
  const count =
    query.deltaToken === undefined
      ? inside.rows.all(table.name).filter(query.filter).length
      : changesOf(inside, table, query).length;
  return {
    status: 200,
    headers: { 'content-type': 'text/plain', 'odata-version': '4.0' },
    body: String(Math.min(count, MOST_COUNTED)),
  };
}
