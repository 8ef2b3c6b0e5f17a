import { badRequest } from './refusal.ts';

export interface Page<Item> {
  readonly rows: readonly Item[];
  /** For the next link; undefined on the last page. */
  readonly next: string | undefined;
}

/** A cookie looks like Dataverse's, which is a number of a page and a place. */
export function cutPage<Item>(
  items: readonly Item[],
  token: string | undefined,
  size: number,
): Page<Item> {
  const cookie = /^<cookie pagenumber="(\d+)" start="(\d+)" \/>$/.exec(
    token ?? '<cookie pagenumber="1" start="0" />',
  );
  if (cookie === null) throw badRequest('Malformed XML in the Paging Cookie.');
  const page = Number(cookie[1]);
  const start = Number(cookie[2]);
  const end = start + size;
  return {
    rows: items.slice(start, end),
    next: end < items.length ? `<cookie pagenumber="${page + 1}" start="${end}" />` : undefined,
  };
}
