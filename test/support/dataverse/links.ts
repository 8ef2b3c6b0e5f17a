import type { Inside } from './inside.ts';
import { propertyOf, type Table } from './metadata.ts';
import type { Query } from './query.ts';

export function contextOf(inside: Inside, table: Table, query: Pick<Query, 'select'>): string {
  const names = query.select?.map(propertyOf).join(',');
  return `${inside.base()}$metadata#${table.set}${names === undefined ? '' : `(${names})`}`;
}

/** The same request with another place to go on from. */
export function linkWith(
  inside: Inside,
  table: Table,
  search: string,
  option: '$skiptoken' | '$deltatoken',
  token: string,
): string {
  const kept = search
    .replace(/^\?/, '')
    .split('&')
    .filter((part) => part !== '' && !/^(\$|%24)(skiptoken|deltatoken)=/.test(part));
  return `${inside.base()}${table.set}?${[...kept, `${option}=${encodeURIComponent(token)}`].join('&')}`;
}
