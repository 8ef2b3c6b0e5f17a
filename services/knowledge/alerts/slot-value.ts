import type { AlertSlots, SlotName } from '../../domain/alert.ts';
import { escapeAt, isJson } from '../text/escapes.ts';
import { createTagReader, entityAt } from '../text/markup.ts';
import { repairMojibake } from '../text/mojibake.ts';
import { LINE } from '../text/scan.ts';
import type { Explanation } from './explain.ts';
import type { MarkedText } from './marked-text.ts';
import type { SlotSpan } from './reading.ts';

const LONGEST_VALUE = 300;
/** What closes each sign; languages disagree about quotation marks. */
const PARTNERS: ReadonlyMap<string, string> = new Map([
  ['"', '"”“'],
  ["'", "'"],
  ['“', '”"'],
  ['”', '”"'],
  ['„', '“”"'],
  ['「', '」'],
  ['『', '』'],
  ['«', '»'],
  ['»', '«»'],
  ['`', '`'],
  ['*', '*'],
  ['_', '_'],
  ['~', '~'],
  ['|', '|'],
]);
const CLOSING_SIGNS = new Set(Array.from(PARTNERS.values()).join(''));
const CLOSING = '.,;:!?…。，、：；！？';

/** The slots' values as the person pasted them; where a slot occurs twice, the surer place counts. */
export function slotsOf(explanation: Explanation, text: MarkedText, source: string): AlertSlots {
  const values = new Map<SlotName, { readonly value: string; readonly certainty: number }>();
  const opening = source[(text.tokens.starts[explanation.from] ?? 0) - 1] ?? '';
  for (const span of explanation.slots) {
    const known = values.get(span.slot);
    if (known && known.certainty >= span.certainty) continue;
    const value = valueOf(span, text, source, opening);
    if (value !== '') values.set(span.slot, { value, certainty: span.certainty });
  }
  return Object.fromEntries(Array.from(values, ([slot, { value }]) => [slot, value]));
}

function valueOf(span: SlotSpan, text: MarkedText, source: string, opening: string): string {
  const { starts, ends } = text.tokens;
  // Between two of the template's words everything belongs to the value, brackets and all.
  const from = span.certainty > 1 ? (ends[span.from - 1] ?? 0) : (starts[span.from] ?? 0);
  const to =
    span.certainty > 1
      ? endOfValue(span, text, source, opening)
      : closing(ends[span.to - 1] ?? 0, source);
  if (to - from > LONGEST_VALUE * 4) return '';
  const value = trimmed(plainText(withoutLinks(source.slice(from, to)), source), span);
  if (span.from === span.to && !hasPicture(value)) return '';
  return isPlaceholder(value) || value.length > LONGEST_VALUE ? '' : value;
}

/** `[Anna Berg](https://…)`: what stands in the brackets is the name. */
function withoutLinks(source: string): string {
  return source.replace(/\[([^\][]*)\](?:\(https?:[^\s()]*\)?|(?=$))/g, '$1');
}

/** Up to the template's next word, or to the end of the line where the template has none. */
function endOfValue(
  span: SlotSpan,
  { tokens }: MarkedText,
  source: string,
  opening: string,
): number {
  const { starts, ends, edges, length } = tokens;
  const next = span.to < length ? (starts[span.to] ?? source.length) : source.length;
  if (span.to < length && (edges[span.to] ?? 0) < LINE) return next;
  let end = Math.max(ends[span.to - 1] ?? 0, 0);
  while (end < next && !'\n\r"<'.includes(source[end] ?? '')) end++;
  return endOfQuotation(source, starts[span.from] ?? end, end, opening);
}

/** An alert that is quoted in a sentence ends with its quotation mark, not with the line. */
function endOfQuotation(source: string, from: number, to: number, opening: string): number {
  const closers = PARTNERS.get(opening);
  if (closers === undefined || !/["'“”„«»]/.test(opening)) return to;
  for (let index = from + 1; index < to; index++) {
    const closes =
      closers.includes(source[index] ?? '') || (opening === "'" && source[index] === '’');
    if (closes && !/[\p{L}\p{N}]/u.test(source[index + 1] ?? ' ')) return index;
  }
  return to;
}

/** A name of emoji alone has no word; a dash or an ellipsis between two words is no name. */
function hasPicture(value: string): boolean {
  return /\p{Extended_Pictographic}|\p{So}/u.test(value);
}

/** A bracket or quotation mark that stands right behind the last word belongs to it. */
function closing(end: number, source: string): number {
  return ')]>'.includes(source[end] ?? ' ') ? end + 1 : end;
}

/** What a reader sees: without tags and invisible characters, in one line, NFC. */
function plainText(source: string, whole: string): string {
  const tagAt = createTagReader(source);
  let text = '';
  let index = 0;
  while (index < source.length) {
    const sign = source[index] ?? '';
    if (sign === '<') {
      const tag = tagAt(index);
      if (tag) {
        if (tag.block) text += ' ';
        index = tag.end;
        continue;
      }
    } else if (sign === '&') {
      const entity = entityAt(source, index);
      if (entity) {
        text += entity.value;
        index = entity.end;
        continue;
      }
    } else if (sign === '\\') {
      const escape = escapeAt(source, index, isJson(whole));
      if (escape) {
        text += escape.value === '\n' ? ' ' : escape.value;
        index = escape.end;
        continue;
      }
    } else if (sign === '\n' || sign === '\r') {
      index++;
      while ('>| \t\r\n'.includes(source[index] ?? '.')) index++;
      text += ' ';
      continue;
    }
    text += sign;
    index++;
  }
  return withKeyboardSigns(repairMojibake(text).normalize('NFC'));
}

/**
 * Mail programs and Word turn a typed hyphen into a dash and an apostrophe into a quotation mark;
 * records are named with what a keyboard has. Any white space is one space.
 */
function withKeyboardSigns(text: string): string {
  let result = '';
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0;
    if (isRemoved(code)) continue;
    if (code === 0x2d || (code >= 0x2010 && code <= 0x2015) || code === 0x2212) result += '-';
    else if (code === 0x2018 || code === 0x2019) result += "'";
    else if (sign.trim() === '') result += result.endsWith(' ') ? '' : ' ';
    else result += sign;
  }
  return result.replace(LOOSE_JOINER, '').trim();
}

/** A joiner that joins no emoji. */
const LOOSE_JOINER =
  /(?<![\p{Extended_Pictographic}\ufe0f])\u200d|\u200d(?!\p{Extended_Pictographic})/gu;

/** Soft hyphen, zero-width space and bidirectional controls; joiners inside emoji stay. */
function isRemoved(code: number): boolean {
  return (
    code === 0xad ||
    code === 0x200b ||
    code === 0x200e ||
    code === 0x200f ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x2069) ||
    code === 0xfeff
  );
}

/** Quotation marks, emphasis and the full stop that the template puts around a value. */
function trimmed(value: string, span: SlotSpan): string {
  let text = withoutPause(value);
  if (span.certainty < 3) text = withoutEnd(text);
  let stop = span.certainty === 3 && span.endsSentence;
  for (let before = ''; before !== text; ) {
    before = text;
    if (stop && (text.endsWith('.') || text.endsWith('。'))) {
      text = text.slice(0, -1).trimEnd();
      stop = false;
    }
    text = withoutPair(withoutEmphasis(text)).trim();
  }
  return text;
}

/** "Sales.***": the stars of what was emphasised before the name. */
function withoutEmphasis(text: string): string {
  const [end = ''] = /([*_~`])\1*$/.exec(text) ?? [];
  const rest = text.slice(0, text.length - end.length);
  return end !== '' && !rest.includes(end[0] ?? '') ? rest : text;
}

/** A comma behind a name or its quotation mark is the sentence's. */
function withoutPause(text: string): string {
  return ',;'.includes(text.at(-1) ?? '.') ? text.slice(0, -1).trimEnd() : text;
}

function withoutEnd(text: string): string {
  let end = text.length;
  while (end > 0 && CLOSING.includes(text[end - 1] ?? '.')) end--;
  return text.slice(0, end).trimEnd();
}

/** A sign at both ends surrounds the value; at one end it does so if its partner was cut off. */
function withoutPair(text: string): string {
  const first = text[0] ?? '';
  const last = text.at(-1) ?? '';
  if (text.length > 1 && PARTNERS.get(first)?.includes(last) === true) return text.slice(1, -1);
  if (PARTNERS.has(first) && !text.includes(first, 1)) return text.slice(1);
  const closes = CLOSING_SIGNS.has(last) && text.indexOf(last) === text.length - 1;
  return closes ? text.slice(0, -1) : text;
}

/** `<Mailbox Name>` as documents print it; `<anna@contoso.se>` is an address. */
function isPlaceholder(value: string): boolean {
  return value.startsWith('<') && value.endsWith('>') && !value.includes('@');
}
