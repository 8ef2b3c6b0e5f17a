import { zipSync } from 'fflate';

/** The same content gives the same bytes, in any time zone. */
export function zip(contents: ReadonlyMap<string, Uint8Array>): Uint8Array {
  // A zip entry holds local time without a zone: this is the same one everywhere, and the earliest.
  const mtime = new Date(1980, 0, 1);
  return zipSync(Object.fromEntries(contents), { level: 9, mtime });
}
