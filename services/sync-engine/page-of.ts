import type { Page, PageWish } from '../domain/performance.ts';

/** More would be a report, not a list. */
const LONGEST_PAGE = 100;

/** A place is a count here; to the caller it is whatever the engine said. */
export function pageOf<Item>(all: readonly Item[], { after, limit }: PageWish): Page<Item> {
  const from = after === null ? 0 : Math.max(0, Number.parseInt(after, 10) || 0);
  const end = from + Math.min(limit, LONGEST_PAGE);
  return {
    items: all.slice(from, end),
    total: all.length,
    next: end < all.length ? String(end) : null,
  };
}
