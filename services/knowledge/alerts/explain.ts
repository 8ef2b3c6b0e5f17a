import { INSIDE, LINE } from '../text/scan.ts';
import type { Alignment, Anchor } from './align.ts';
import type { MarkedText } from './marked-text.ts';
import { RECEIVING, SENDING } from './pattern-draft.ts';
import {
  contradictedEdge,
  countAfterSentence,
  endsWithFragment,
  leadingSlot,
  startsWithFragment,
  trailingSlot,
} from './read-edges.ts';
import { readGap } from './read-gap.ts';
import { Reading, type SlotSpan } from './reading.ts';

/** What an alignment explains of the template and of the text, and what contradicts it. */
export interface Explanation {
  readonly alignment: Alignment;
  readonly from: number;
  readonly to: number;
  readonly matched: number;
  /** The same counting words of a choice by direction in full: what was read, whatever was needed. */
  readonly read: number;
  /** The same of the topic's own words, and what is missing though the text is not cut there. */
  readonly ownMatched: number;
  readonly ownMissing: number;
  readonly missing: number;
  /** Weight of the words that stood where the text shows a cut. */
  readonly cutOut: number;
  readonly missingBefore: number;
  readonly missingAfter: number;
  /** Weight of the template's sentences that follow the one in which the alignment ends. */
  readonly laterSentences: number;
  /** Weight of template words in whose place the text has other words. */
  readonly contradicted: number;
  /** Weight of the text's own words, between and right behind the template's, that it does not have. */
  readonly unexplained: number;
  /** The first anchor is preceded only by what may be the rest of a slot's value. */
  readonly startsInSlot: boolean;
  readonly anchoredTokens: number;
  readonly slotTokens: number;
  /** It is all that there is: what was cut off is not in the text. */
  readonly alone: boolean;
  readonly startsAtEdge: boolean;
  readonly endsAtEdge: boolean;
  readonly slots: readonly SlotSpan[];
  /** {@link SENDING} and {@link RECEIVING} bits seen. */
  readonly direction: number;
}

/** Part of a template's weight that may be missing from one that is there as a whole. */
const NEARLY_NOTHING = 0.08;
const LINE_BLAME = 0.4;
const EDGE_TOKENS = 5;
/** The rest of a word at either end of a text. */
const FRAGMENT = 1;

/** Goes through the alignment once, anchor by anchor, and then looks at what lies around it. */
export function explain(
  alignment: Alignment,
  text: MarkedText,
  fillers: ReadonlySet<string>,
): Explanation {
  const { anchors, pattern } = alignment;
  const reading = new Reading(pattern, text, fillers);
  let direction = 0;
  let read = 0;
  let previous: Anchor | null = null;
  let before = -1;
  for (const anchor of anchors) {
    reading.matched += (pattern.weights[anchor.position] ?? 0) * anchor.similarity;
    read += text.weightAt(anchor.token) * anchor.similarity;
    reading.ownMatched += (pattern.own[anchor.position] ?? 0) * anchor.similarity;
    direction |= pattern.directionBits[anchor.position] ?? 0;
    if (previous) readGap(reading, previous, anchor, before);
    before = previous?.token ?? -1;
    previous = anchor;
  }
  const first = anchors[0] ?? { position: 0, token: 0, similarity: 0 };
  const last = previous ?? first;
  const from = leadingSlot(reading, first);
  const to = trailingSlot(reading, last);
  const startsAtEdge = reading.isEdge(from) || startsWithFragment(reading, from, first.position);
  const endsAtEdge = reading.isEdge(to) || endsWithFragment(reading, to, last.position);
  const behind = last.token + 1;
  if (!startsAtEdge && reading.edge(first.token) === INSIDE) {
    contradictedEdge(reading, first.position - 1, -1, first.token - EDGE_TOKENS, first.token);
  }
  if (!endsAtEdge && reading.edge(behind) === INSIDE) {
    contradictedEdge(reading, last.position + 1, 1, behind, behind + EDGE_TOKENS);
  }
  if (!endsAtEdge) countAfterSentence(reading, last);
  let sentenceEnd = last.position + 1;
  while (sentenceEnd < pattern.length && pattern.sentenceStarts[sentenceEnd] === 0) sentenceEnd++;
  const ownTo = (position: number): number => pattern.ownBefore[position] ?? 0;
  const ownMissing =
    reading.ownMissing +
    ownTo(first.position) * blame(startsAtEdge, reading.edge(from)) +
    (ownTo(sentenceEnd) - ownTo(last.position + 1)) * blame(endsAtEdge, reading.edge(to));
  const weightTo = (position: number): number => pattern.weightBefore[position] ?? 0;
  return {
    alignment,
    from,
    to,
    matched: reading.matched,
    read: Math.max(read, reading.matched),
    ownMatched: reading.ownMatched,
    ownMissing,
    missing: reading.missing,
    cutOut: reading.cutOut,
    missingBefore: weightTo(first.position),
    missingAfter: weightTo(sentenceEnd) - weightTo(last.position + 1),
    laterSentences: pattern.totalWeight - weightTo(sentenceEnd),
    contradicted: reading.contradicted,
    unexplained: reading.unexplained,
    startsInSlot: from < first.token,
    anchoredTokens: anchors.length + reading.fragments,
    slotTokens: reading.slots.reduce((sum, slot) => sum + slot.to - slot.from, 0),
    alone: from <= FRAGMENT && to >= text.tokens.length - FRAGMENT,
    startsAtEdge,
    endsAtEdge,
    slots: reading.slots,
    direction: direction & (SENDING | RECEIVING),
  };
}

/** Pastes are cut where they begin and end; at the end of a line inside them, that is a guess. */
function blame(atEdge: boolean, edge: number): number {
  if (!atEdge) return 1;
  return edge === LINE ? LINE_BLAME : 0;
}

/** Nothing of the template was cut off. */
export function isWhole(explanation: Explanation): boolean {
  const { missingBefore, missingAfter, laterSentences, cutOut } = explanation;
  const total = explanation.alignment.pattern.totalWeight;
  return missingBefore + missingAfter + laterSentences + cutOut <= total * NEARLY_NOTHING;
}
