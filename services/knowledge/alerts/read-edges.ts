import { INSIDE, LINE, PARAGRAPH, SENTENCE } from '../text/scan.ts';
import type { Anchor } from './align.ts';
import type { Reading } from './reading.ts';
import { isFragment, resembles } from './resemblance.ts';

const LONGEST_OPEN_SLOT = 9;
const MOST_FRAGMENTS = 3;
const FRAGMENT_WORDS = 6;
const EDGE_WORDS = 3;

/** Up to the edge stand only ends of words that the template has in front of the first anchor. */
export function startsWithFragment(reading: Reading, token: number, position: number): boolean {
  const lowest = Math.max(0, position - FRAGMENT_WORDS);
  for (let at = token - 1; at >= token - MOST_FRAGMENTS; at--) {
    const part = reading.token(at);
    if (!isAmong(reading, lowest, position, (word) => word.endsWith(part))) return false;
    if (reading.isEdge(at)) return true;
  }
  return false;
}

export function endsWithFragment(reading: Reading, token: number, position: number): boolean {
  const highest = Math.min(reading.pattern.length, position + 1 + FRAGMENT_WORDS);
  for (let at = token; at < token + MOST_FRAGMENTS; at++) {
    const part = reading.token(at);
    if (!isAmong(reading, position + 1, highest, (word) => word.startsWith(part))) return false;
    if (reading.isEdge(at + 1)) return true;
  }
  return false;
}

function isAmong(
  reading: Reading,
  from: number,
  until: number,
  test: (word: string) => boolean,
): boolean {
  for (let at = from; at < until; at++) if (reading.forms(at).some(test)) return true;
  return false;
}

/** The template's sentence is at its end, the text's is not. */
export function countAfterSentence(reading: Reading, last: Anchor): void {
  const next = last.position + 1;
  if (next < reading.pattern.length && reading.pattern.sentenceStarts[next] === 0) return;
  let until = last.token + 1;
  const { edges, length } = reading.text.tokens;
  while (until < length && until <= last.token + EDGE_WORDS && edges[until] === INSIDE) until++;
  reading.countUnexplained(last.token + 1, until);
}

/** The text was cut inside or in front of the slot that precedes the first anchor. */
export function leadingSlot(reading: Reading, first: Anchor): number {
  const slot = reading.slotPosition(first.position - 1, -1, -1);
  if (slot < 0 || first.position - slot > EDGE_WORDS) return first.token;
  let to = first.token;
  for (let at = first.position - 1; at > slot; at--) {
    if (to > 0 && !reading.isEdge(to) && reading.standsFor(to - 1, at)) to--;
    else if (!reading.fillers.has(reading.word(at))) return first.token;
  }
  let from = to;
  while (from > 0 && to - from < LONGEST_OPEN_SLOT && reading.edge(from) < SENTENCE) {
    if (reading.text.isMasked(from - 1)) break;
    from--;
  }
  if (from > 0 && reading.edge(from) < LINE) return first.token;
  const before = slot > 0 ? reading.word(slot - 1) : '';
  const begun = reading.token(from);
  if (before !== '' && (begun === before || isFragment(begun, before))) from++;
  reading.addSlot(slot, from, to, 1);
  return from;
}

/** The text ends inside or behind the slot that follows the last anchor. */
export function trailingSlot(reading: Reading, last: Anchor): number {
  const end = last.token + 1;
  const slot = reading.slotPosition(last.position + 1, reading.pattern.length, 1);
  if (slot < 0 || slot - last.position > EDGE_WORDS) return end;
  let from = end;
  for (let at = last.position + 1; at < slot; at++) {
    if (from < reading.text.tokens.length && reading.standsFor(from, at)) from++;
    else if (!reading.fillers.has(reading.word(at))) return end;
  }
  let to = from;
  const { edges, length } = reading.text.tokens;
  while (
    to < length &&
    to - from < LONGEST_OPEN_SLOT &&
    (edges[to] ?? 0) < (to === from ? PARAGRAPH : SENTENCE)
  ) {
    if (reading.text.isMasked(to) || beginsWords(reading, slot + 1, to)) break;
    to++;
  }
  if (slot === reading.pattern.length - 1) to = behindBreak(reading, to);
  // Behind the template's last word the value goes to the end of the line, signs and all.
  const toTheEnd = slot === last.position + 1 && slot === reading.pattern.length - 1;
  if (toTheEnd && reading.isEdge(to)) {
    reading.addSlot(slot, from, to, 3);
    return to;
  }
  if (to <= from) return end;
  reading.addSlot(slot, from, to, 1);
  return to;
}

const LONGEST_REST = 3;

/** Where a line breaks inside the last name, the rest of it is all of the last line. */
function behindBreak(reading: Reading, to: number): number {
  const { edges, length } = reading.text.tokens;
  if (edges[to] !== LINE || to >= length || reading.text.endsSentence(to - 1)) return to;
  let end = to + 1;
  while (end < length && (edges[end] ?? 0) < SENTENCE) end++;
  const closes = reading.edge(end) >= PARAGRAPH && reading.text.endsSentence(end - 1);
  return closes && end - to <= LONGEST_REST ? end : to;
}

/** The template's words behind an open slot, in another form, end its value. */
function beginsWords(reading: Reading, position: number, token: number): boolean {
  for (let at = position; at < position + EDGE_WORDS && at < reading.pattern.length; at++) {
    if (reading.isSlot(at)) return false;
    if (reading.standsFor(token, at)) return true;
  }
  return false;
}

/** The sentence goes on where the alignment ends, and it goes on in other words. */
export function contradictedEdge(
  reading: Reading,
  position: number,
  step: 1 | -1,
  fromToken: number,
  toToken: number,
): void {
  let compared = 0;
  for (let at = position; at >= 0 && at < reading.pattern.length; at += step) {
    if (compared === EDGE_WORDS || reading.isSlot(at)) return;
    const crossed = reading.pattern.sentenceStarts[step === 1 ? at : at + 1] === 1;
    if (crossed) return;
    const word = reading.word(at);
    if (reading.isOptional(at) || word.length <= 3) continue;
    compared++;
    let found = false;
    for (let token = Math.max(0, fromToken); token < toToken && !found; token++) {
      found = resembles(reading.token(token), word);
    }
    if (!found) reading.countContradiction(at);
  }
}
