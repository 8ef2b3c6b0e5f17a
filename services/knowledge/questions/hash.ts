const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

/**
 * A feature as a number (FNV-1a, then mixed). 30 bits, so that it stays a small integer in a Map;
 * of 40 000 features, fewer than one pair is expected to meet.
 */
export function hashOf(text: string, kind: number, from = 0, to = text.length): number {
  let hash = Math.imul(OFFSET ^ kind, PRIME);
  for (let index = from; index < to; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), PRIME);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) & 0x3fffffff;
}
