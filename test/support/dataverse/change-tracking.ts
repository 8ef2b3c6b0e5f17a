import { jsonAnswer, preferenceHeader } from './answers.ts';
import type { Answer, Inside } from './inside.ts';
import { contextOf, linkWith } from './links.ts';
import type { Table } from './metadata.ts';
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

type Item = Row | Deletion;

/** Rows before deletions, each by version: a row that is touched while pages are read comes later. */
const byPlace = (a: Item, b: Item): number =>
  Number('values' in b) - Number('values' in a) || a.version - b.version;

interface Place {
  readonly page: number;
  /** Of the first page: from there the next delta goes on. */
  readonly token: string;
  readonly after: (item: Item) => boolean;
}

function placeOf(skipToken: string | undefined, token: string): Place {
  if (skipToken === undefined) return { page: 1, token, after: () => true };
  const cookie = /^<cookie pagenumber="(\d+)" last="(row|deleted):(\d+)" token="([^"]+)" \/>$/.exec(
    skipToken,
  );
  if (cookie === null) throw badRequest('Malformed XML in the Paging Cookie.');
  const [, page, phase, version, first = ''] = cookie;
  const isLater = (item: Item): boolean => item.version > Number(version);
  return {
    page: Number(page),
    token: first,
    after: (item) => {
      if ('values' in item) return phase === 'row' && isLater(item);
      return phase === 'row' || isLater(item);
    },
  };
}

/** The items of this page, and what the next link carries; undefined on the last page. */
function pageOf(
  items: readonly Item[],
  place: Place,
  size: number,
): { readonly items: readonly Item[]; readonly next: string | undefined } {
  const left = items.filter(place.after);
  const shown = left.slice(0, size);
  const last = shown.at(-1);
  if (last === undefined || left.length <= size) return { items: shown, next: undefined };
  const phase = 'values' in last ? 'row' : 'deleted';
  const at = `pagenumber="${place.page + 1}" last="${phase}:${last.version}"`;
  return { items: shown, next: `<cookie ${at} token="${place.token}" />` };
}

/** All rows, or what came since the token of the query, in the order of its pages. */
export function changesOf(inside: Inside, table: Table, query: Query): readonly Item[] {
  checkOptions(query);
  if (!inside.tracksChanges(table.name)) {
    // The status is documented, the words are not.
    throw badRequest(`Entity: ${table.name} is not enabled for change tracking.`);
  }
  const { rows } = inside;
  const since = query.deltaToken === undefined ? -1 : sinceOf(inside, query.deltaToken);
  const isNew = ({ version }: Item): boolean => version > since;
  const gone = since < 0 ? [] : rows.deletions(table.name);
  return [...rows.all(table.name), ...gone].filter(isNew).sort(byPlace);
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
  const items = changesOf(inside, table, query);
  const { presenter, rows } = inside;
  const place = placeOf(query.skipToken, `${rows.version()}!${moment(inside.now())}`);
  const page = pageOf(items, place, preferences.pageSize);
  const show = (item: Item): unknown =>
    'values' in item
      ? presenter.show(item, query, preferences)
      : {
          '@odata.context': `${inside.base()}$metadata#${table.set}/$deletedEntity`,
          id: item.id,
          reason: 'deleted',
        };
  const { deltaToken } = query;
  const again = deltaToken === undefined ? '' : `&$deltatoken=${encodeURIComponent(deltaToken)}`;
  const link =
    page.next === undefined
      ? { '@odata.deltaLink': linkWith(inside, table, search, '$deltatoken', place.token) }
      : { '@odata.nextLink': linkWith(inside, table, search, '$skiptoken', page.next) + again };
  const context = contextOf(inside, table, query);
  return jsonAnswer(
    {
      '@odata.context': deltaToken === undefined ? context : `${context}/$delta`,
      ...link,
      value: page.items.map(show),
    },
    preferenceHeader(preferences.applied),
  );
}
