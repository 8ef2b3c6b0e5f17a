import { decodeHTML } from 'entities';

const TAG_NAMES = new Set(
  (
    'a abbr at attachment b big blockquote body br center code col colgroup dd del div dl dt em font h1 h2 h3 h4 h5 h6 ' +
    'head hr html i img ins label li link mark meta ol p pre s section small span strike strong style sub sup table ' +
    'tbody td tfoot th thead title tr tt u ul'
  ).split(' '),
);
const BLOCK_NAMES = new Set(
  'blockquote br dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre section table td th tr ul'.split(
    ' ',
  ),
);
const LONGEST_TAG = 2000;
const LONGEST_ENTITY = 33;

export interface Tag {
  /** Index just behind the closing angle bracket. */
  readonly end: number;
  /** Starts a new line on the screen. */
  readonly block: boolean;
}

/**
 * Reads the HTML tag that starts at `index`. Only names of HTML are tags: `<Mailbox Name>` and
 * `<help@contoso.com>` are text. `nextClose` remembers where the next ">" is, so that a text full of
 * "<p" is read once and not once for each of them.
 */
export function createTagReader(text: string): (index: number) => Tag | null {
  let nextClose = -1;
  return (index) => {
    let cursor = index + 1;
    if (text.charCodeAt(cursor) === 0x2f) cursor++;
    const nameStart = cursor;
    while (cursor - nameStart < 11 && isNameCharacter(text.charCodeAt(cursor))) cursor++;
    if (cursor === nameStart) return null;
    const name = text.slice(nameStart, cursor).toLowerCase();
    if (!TAG_NAMES.has(name) || !endsName(text.charCodeAt(cursor))) return null;
    if (nextClose < cursor) {
      const found = text.indexOf('>', cursor);
      nextClose = found < 0 ? Number.POSITIVE_INFINITY : found;
    }
    if (nextClose - index > LONGEST_TAG) return null;
    return { end: nextClose + 1, block: BLOCK_NAMES.has(name) };
  };
}

function isNameCharacter(code: number): boolean {
  const lower = code | 32;
  return (lower >= 97 && lower <= 122) || (code >= 48 && code <= 57);
}

/** Behind a tag's name stands a space, a slash or the end; "<a@b.se>" is an address. */
function endsName(code: number): boolean {
  return (
    code === 0x3e ||
    code === 0x2f ||
    code === 0x20 ||
    code === 0x0a ||
    code === 0x09 ||
    code === 0x0d
  );
}

export interface Entity {
  readonly value: string;
  readonly end: number;
}

/** Reads the character reference that starts at `index`; `&amp;aring;` is encoded twice. */
export function entityAt(text: string, index: number): Entity | null {
  const semicolon = semicolonAfter(text, index);
  if (semicolon < 0) return null;
  const source = text.slice(index, semicolon + 1);
  const value = decodeHTML(source);
  if (value === source) return null;
  if (value !== '&') return { value, end: semicolon + 1 };
  const second = semicolonAfter(text, semicolon);
  if (second >= 0) {
    const inner = `&${text.slice(semicolon + 1, second + 1)}`;
    const twice = decodeHTML(inner);
    if (twice !== inner && !twice.startsWith('&')) return { value: twice, end: second + 1 };
  }
  return { value, end: semicolon + 1 };
}

/** The semicolon that ends a reference: only letters, digits and "#" may stand before it. */
function semicolonAfter(text: string, index: number): number {
  const limit = Math.min(text.length, index + LONGEST_ENTITY);
  for (let cursor = index + 1; cursor < limit; cursor++) {
    const code = text.charCodeAt(cursor);
    if (code === 0x3b) return cursor > index + 1 ? cursor : -1;
    if (!isNameCharacter(code) && code !== 0x23) return -1;
  }
  return -1;
}
