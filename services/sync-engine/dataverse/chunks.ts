/** Keys that a filter names at once: its address stays well below what proxies let through. */
const KEYS_AT_ONCE = 25;

export function chunksOf<Item>(items: readonly Item[], size = KEYS_AT_ONCE): readonly Item[][] {
  const chunks: Item[][] = [];
  for (let from = 0; from < items.length; from += size) chunks.push(items.slice(from, from + size));
  return chunks;
}
