import { jsonAnswer, preferenceHeader } from './answers.ts';
import type { Answer, Inside } from './inside.ts';
import { contextOf, linkWith } from './links.ts';
import type { Table } from './metadata.ts';
import { cutPage } from './paging.ts';
import type { Preferences } from './prefer.ts';
import type { Query } from './query.ts';
import { badRequest, Refusal } from './refusal.ts';
import { moment, type Row } from './row.ts';
import type { Deletion } from './rows.ts';

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 7;

function checkOptions(query: Query): void {
  for (const option of ['$filter', '$orderby', '$expand', '$top']) {
    if (!query.asked.has(option)) continue;
    throw badRequest(
      `The "${option}" query parameter isn't supported when Change Tracking is enabled.`,
    );
  }
}

function sinceOf(inside: Inside, token: string): number {
  const parts = /^(\d+)!(.+)$/.exec(token);
  const madeAt = Date.parse(parts?.[2] ?? '');
  if (parts === null || Number.isNaN(madeAt)) throw badRequest('The delta token is not valid.');
  const days = inside.rows.get('organization', inside.organizationId)?.values
    .expirechangetrackingindays;
  if (inside.now() - madeAt > (typeof days === 'number' ? days : DEFAULT_DAYS) * DAY_MS) {
    throw new Refusal(
      400,
      '0x80044352',
      'Version stamp associated with the client has expired. Please perform a full sync.',
    );
  }
  return Number(parts[1]);
}

/**
 * The answer to `Prefer: odata.track-changes` (all rows) and to a delta link (what came since: rows
 * new or touched by version, then the deleted ones, known to the client or not).
 */
export function trackChanges(
  inside: Inside,
  table: Table,
  query: Query,
  preferences: Preferences,
  search: string,
): Answer {
  checkOptions(query);
  if (!inside.tracksChanges(table.name)) {
    // The status is documented, the words are not.
    throw badRequest(`Entity: ${table.name} is not enabled for change tracking.`);
  }
  const { base, presenter, rows } = inside;
  const since = query.deltaToken === undefined ? undefined : sinceOf(inside, query.deltaToken);
  const touched = rows
    .all(table.name)
    .filter((row) => since === undefined || row.version > since)
    .sort((a, b) => a.version - b.version);
  const deleted = rows
    .deletions(table.name)
    .filter((deletion) => since !== undefined && deletion.version > since);
  const page = cutPage<Row | Deletion>(
    [...touched, ...deleted],
    query.skipToken,
    preferences.pageSize,
  );
  const show = (item: Row | Deletion): unknown =>
    'values' in item
      ? presenter.show(item, query, preferences)
      : {
          '@odata.context': `${base()}$metadata#${table.set}/$deletedEntity`,
          id: item.id,
          reason: 'deleted',
        };
  const link =
    page.next === undefined
      ? {
          '@odata.deltaLink': linkWith(
            inside,
            table,
            search,
            '$deltatoken',
            `${rows.version()}!${moment(inside.now())}`,
          ),
        }
      : { '@odata.nextLink': nextLink(inside, table, query, search, page.next) };
  const context = contextOf(inside, table, query);
  return jsonAnswer(
    {
      '@odata.context': since === undefined ? context : `${context}/$delta`,
      ...link,
      value: page.rows.map(show),
    },
    preferenceHeader(preferences.applied),
  );
}

function nextLink(
  inside: Inside,
  table: Table,
  { deltaToken }: Query,
  search: string,
  token: string,
): string {
  const link = linkWith(inside, table, search, '$skiptoken', token);
  return deltaToken === undefined ? link : `${link}&$deltatoken=${encodeURIComponent(deltaToken)}`;
}
