export interface Escape {
  readonly value: string;
  /** Index just behind the escape sequence. */
  readonly end: number;
}

const BACKSLASH = 0x5c;
/** A text that was quoted three times over has seven in front of a quotation mark. */
const MOST_QUOTED = 8;
const SIGNS: Readonly<Record<string, string>> = { n: '\n', r: '\n', t: ' ', '"': '"', '/': '/' };

/** Whether a text was copied out of JSON: `C:\new` is a path elsewhere, and a line break there. */
export function isJson(text: string): boolean {
  return text.includes('\\"') || text.includes('":') || text.includes('" :');
}

/**
 * Reads what stands for another sign at a backslash: `\u002d` anywhere; `\n`, `\"` and the like in
 * JSON, however often it was quoted (`\\\"`). Null where the backslash is itself.
 */
export function escapeAt(text: string, index: number, json: boolean): Escape | null {
  let at = index;
  while (text.charCodeAt(at) === BACKSLASH && at - index < MOST_QUOTED) at++;
  const sign = text[at] ?? '';
  if (sign === 'u') {
    const code = hexadecimalAt(text, at + 1);
    return code < 0 ? null : { value: String.fromCharCode(code), end: at + 5 };
  }
  if (!json) return null;
  const value = SIGNS[sign];
  if (value !== undefined) return { value, end: at + 1 };
  return at - index > 1 ? { value: '\\', end: at } : null;
}

function hexadecimalAt(text: string, index: number): number {
  let value = 0;
  for (let at = index; at < index + 4; at++) {
    const code = text.charCodeAt(at) | 32;
    const digit = code >= 97 && code <= 102 ? code - 87 : code >= 48 && code <= 57 ? code - 48 : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}
