import { CUT, LINE, SENTENCE } from '../text/scan.ts';
import type { Anchor } from './align.ts';
import type { Reading } from './reading.ts';
import { resembles } from './resemblance.ts';

/** Where so much of what is the topic's own is missing, other words stand there and not a name. */
const OWN_LOST = 0.5;
const MOST_FRAGMENTS = 2;
const FARTHEST_REPETITION = 7;
const WORDS_BESIDE_CUT = 2;

/**
 * Between two anchors: words that are damaged, missing or other than the template's, and slots.
 * `before` is the token of the anchor in front of the two.
 */
export function readGap(reading: Reading, left: Anchor, right: Anchor, before: number): void {
  const firstSlot = reading.slotPosition(left.position + 1, right.position, 1);
  if (isCut(reading, left, right, firstSlot)) {
    cutOut(reading, left, right, firstSlot);
    return;
  }
  if (firstSlot < 0) {
    compare(reading, left.position + 1, right.position, left.token + 1, right.token);
    return;
  }
  const lastSlot = reading.slotPosition(right.position - 1, left.position, -1);
  const missed = reading.ownMissing;
  const value = startOfValue(reading, left, firstSlot, before);
  const from = stripLeft(reading, left.position + 1, firstSlot, value, right.token);
  const to = withoutNextSentence(
    reading,
    lastSlot,
    from,
    stripRight(reading, lastSlot + 1, right.position, from, right.token),
  );
  if (firstSlot !== lastSlot) {
    twoSlots(reading, firstSlot, lastSlot, from, to);
    return;
  }
  if (reading.ownMissing - missed >= OWN_LOST) {
    reading.countContradiction(firstSlot);
    reading.countUnexplained(from, to);
    return;
  }
  const exact = firstSlot === left.position + 1 && lastSlot === right.position - 1;
  reading.addSlot(firstSlot, from, to, exact ? 3 : 2);
}

/**
 * "Mailbox Mailbox 12", "Mailbox our mailbox is": of a word that the template has once in front of the
 * slot, the later ones are the value's, though they stand nearer. Returns the token behind the first.
 */
function startOfValue(reading: Reading, left: Anchor, slot: number, before: number): number {
  const usual = left.token + 1;
  if (slot !== left.position + 1) return usual;
  const { words } = reading.text;
  const farthest = Math.max(before + 1, left.token - FARTHEST_REPETITION);
  for (let token = left.token - 1; token >= farthest; token--) {
    if (reading.edge(token + 1) >= SENTENCE) return usual;
    const repeated = words[token] === words[left.token];
    if (repeated && (token === left.token - 1 || reading.edge(token) >= SENTENCE)) return token + 1;
  }
  return usual;
}

/** Words of the template are missing, and the text has an ellipsis there. */
function isCut(reading: Reading, left: Anchor, right: Anchor, firstSlot: number): boolean {
  if (right.position - left.position <= (firstSlot < 0 ? 1 : 2)) return false;
  for (let token = left.token + 1; token <= right.token; token++) {
    if (reading.edge(token) === CUT) return true;
  }
  return false;
}

/** What was cut out is not missing; a slot in front of the cut may be whole. */
function cutOut(reading: Reading, left: Anchor, right: Anchor, firstSlot: number): void {
  for (let at = left.position + 1; at < right.position; at++) {
    reading.countCutOut(at);
  }
  reading.fragments += Math.min(MOST_FRAGMENTS, right.token - left.token - 1);
  let cut = left.token + 1;
  while (cut < right.token && reading.edge(cut) !== CUT) cut++;
  if (firstSlot === left.position + 1) {
    reading.addSlot(firstSlot, left.token + 1, endBeforeCut(reading, firstSlot, left, cut), 1);
  }
  if (firstSlot >= 0 && reading.isSlot(right.position - 1)) {
    const from = startBehindCut(reading, right, cut);
    reading.addSlot(right.position - 1, from, right.token, 1);
  }
}

/** In front of the cut stands the beginning of the template's next words, or of its next sentence. */
function endBeforeCut(reading: Reading, slot: number, left: Anchor, cut: number): number {
  for (let token = left.token + 2; token < cut; token++) {
    if (reading.edge(token) === SENTENCE && reading.pattern.sentenceEnds[slot] === 1) return token;
    const rest = cut - token;
    if (rest > WORDS_BESIDE_CUT) continue;
    const begins = isPart(reading, cut - 1, slot + rest, 'beginning');
    if (begins && (rest === 1 || reading.standsFor(token, slot + 1))) return token;
  }
  return cut;
}

/** Behind it stands the end of the word in front of the slot. */
function startBehindCut(reading: Reading, right: Anchor, cut: number): number {
  const before = right.position - 2;
  return cut + 1 < right.token && isPart(reading, cut, before, 'end') ? cut + 1 : cut;
}

function isPart(reading: Reading, token: number, at: number, which: 'beginning' | 'end'): boolean {
  const part = reading.token(token);
  if (at < 0 || at >= reading.pattern.length || reading.isSlot(at)) return false;
  return reading
    .forms(at)
    .some((form) => (which === 'end' ? form.endsWith(part) : form.startsWith(part)));
}

/** The words between two slots are missing: the middle was cut out, and no border is known. */
function twoSlots(
  reading: Reading,
  firstSlot: number,
  lastSlot: number,
  from: number,
  to: number,
): void {
  for (let position = firstSlot + 1; position < lastSlot; position++) {
    reading.countMissing(position);
  }
  let cut = from + 1;
  while (cut < to && reading.edge(cut) < LINE) cut++;
  if (cut < to) reading.addSlot(firstSlot, from, cut, 1);
}

/** No slot between: every template word has a place in the text, or has lost it to another word. */
function compare(
  reading: Reading,
  position: number,
  untilPosition: number,
  token: number,
  untilToken: number,
): void {
  let next = token;
  for (let at = position; at < untilPosition; at++) {
    const word = reading.word(at);
    let found = -1;
    for (let index = next; index < untilToken && found < 0; index++) {
      if (resembles(reading.token(index), word)) found = index;
    }
    if (found >= 0) {
      reading.countUnexplained(next, found);
      next = found + 1;
      reading.countDamaged(at);
    } else if (!reading.isOptional(at)) {
      if (untilToken === token) reading.countOmitted(at);
      else reading.countMissing(at);
      const other = untilToken > token && word.length > 3;
      if (other) reading.countContradiction(at);
    }
  }
  reading.countUnexplained(next, untilToken);
}

/** Words in front of a slot that the text has damaged are not part of the value. */
function stripLeft(
  reading: Reading,
  position: number,
  slot: number,
  token: number,
  untilToken: number,
): number {
  let from = token;
  for (let at = position; at < slot; at++) {
    if (from < untilToken && reading.standsFor(from, at)) {
      from++;
      reading.countDamaged(at);
    } else reading.countMissing(at);
  }
  return from;
}

/** "… Q3 report. The" – the small word behind the full stop begins the template's next sentence. */
function withoutNextSentence(reading: Reading, slot: number, from: number, to: number): number {
  const last = to - 1;
  const extra =
    reading.pattern.sentenceEnds[slot] === 1 &&
    last > from &&
    reading.edge(last) === SENTENCE &&
    reading.fillers.has(reading.token(last));
  return extra ? last : to;
}

function stripRight(
  reading: Reading,
  position: number,
  until: number,
  fromToken: number,
  token: number,
): number {
  let to = token;
  for (let at = until - 1; at >= position; at--) {
    if (to > fromToken && reading.standsFor(to - 1, at)) {
      to--;
      reading.countDamaged(at);
    } else reading.countMissing(at);
  }
  return to;
}
