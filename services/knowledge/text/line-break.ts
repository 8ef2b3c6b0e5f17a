import { CARRIAGE_RETURN, LINE_FEED, VERTICAL_BAR } from './signs.ts';

const SKIPPED = new Set([LINE_FEED, CARRIAGE_RETURN, VERTICAL_BAR, 0x3e, 0x20, 0x09]);

/**
 * The index behind a line break and the ">" and "|" that mail programs and tables put in front of the
 * next line; `empty` if a line between is empty.
 */
export function linesEndingAt(
  text: string,
  from: number,
): { readonly end: number; readonly empty: boolean } {
  let empty = false;
  let end = from + 1;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (!SKIPPED.has(code)) break;
    if (code === LINE_FEED && (end > from + 1 || text.charCodeAt(from) === LINE_FEED)) empty = true;
  }
  return { end, empty };
}
