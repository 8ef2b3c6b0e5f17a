import { decodeHTML } from 'entities';

/** Elements that begin a new line; list items and table rows are lines of their own. */
const BLOCKS = new Set([
  'p',
  'div',
  'br',
  'li',
  'tr',
  'ul',
  'ol',
  'table',
  'blockquote',
  'pre',
  'h1',
  'h2',
  'h3',
  'h4',
  'hr',
]);
const CELLS = new Set(['td', 'th']);

export interface HtmlTextOptions {
  /** Whether the element that a mention of Teams opens is left out with what it says. */
  readonly leaveOut: (tag: string) => boolean;
}

/**
 * What a person sees of the HTML that Teams sends beside `text`. One pass without regular expressions:
 * the input is hostile. Malformed mark-up loses words at worst.
 */
export function htmlText(html: string, { leaveOut }: HtmlTextOptions): string {
  let text = '';
  let at = 0;
  let skipUntil: string | null = null;
  let depth = 0;
  const add = (piece: string): void => {
    if (skipUntil === null) text += piece;
  };
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open === -1) {
      add(html.slice(at));
      break;
    }
    add(html.slice(at, open));
    const close = html.indexOf('>', open);
    if (close === -1) {
      add(html.slice(open));
      break;
    }
    const tag = html.slice(open + 1, close);
    const name = nameOf(tag);
    at = close + 1;
    if (name === '') {
      // Not a tag: "5 < 6".
      if (!tag.startsWith('!')) {
        add('<');
        at = open + 1;
      }
      continue;
    }
    const ends = tag.startsWith('/');
    if (skipUntil !== null) {
      if (name === skipUntil) depth += ends ? -1 : 1;
      if (depth === 0) skipUntil = null;
    } else if (!ends && leaveOut(tag)) {
      skipUntil = name;
      depth = 1;
    } else if (BLOCKS.has(name)) add('\n');
    else if (CELLS.has(name) && !ends) add(' ');
  }
  return decodeHTML(text);
}

function nameOf(tag: string): string {
  const start = tag.startsWith('/') ? 1 : 0;
  let end = start;
  while (end < tag.length && isLetterOrDigit(tag.charCodeAt(end))) end += 1;
  return isLetter(tag.charCodeAt(start)) ? tag.slice(start, end).toLowerCase() : '';
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

function isLetterOrDigit(code: number): boolean {
  return isLetter(code) || (code >= 48 && code <= 57);
}
