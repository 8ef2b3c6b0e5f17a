import type { MarkedText } from './marked-text.ts';
import type { Pattern } from './pattern.ts';

/** A template word found in the text. */
export interface Anchor {
  readonly position: number;
  readonly token: number;
  readonly similarity: number;
}

export interface Alignment {
  readonly pattern: Pattern;
  /** In order of both the template and the text. */
  readonly anchors: readonly Anchor[];
  readonly score: number;
}

const MOST_ANCHORS = 800;
const LOOK_BACK = 100;
const LONGEST_SLOT = 24;
const LONGEST_INSERTION = 14;
const NEIGHBOUR_BONUS = 0.04;
const SLOT_WORD = 0.02;
const USUAL_SLOT = 7;
const LONG_SLOT_WORD = 0.08;
const EMPTY_SLOT = 0.1;
const INSERTED_WORD = 0.16;
const MOST_INSERTED = 0.8;
const SKIPPED = 0.3;
const SKIPPED_WORD = 0.02;
/** A middle that was cut out costs this much, however long it was. */
const CUT_OUT = 0.6;
/** The same where the text shows the cut ("…"). */
const SHOWN_CUT_OUT = 0.1;
const SENTENCE_CROSSED = 0.12;
const PARAGRAPH_CROSSED = 0.5;

/**
 * The chain of template words that explains the tokens in [from, to) best: local alignment over the
 * words that occur in both, instead of over every pair. Between two neighbours of the chain stand a
 * slot's value, a few inserted words, a cut-out middle or nothing.
 */
export function align(
  pattern: Pattern,
  text: MarkedText,
  from: number,
  to: number,
): Alignment | null {
  const anchors = anchorsOf(pattern, text, from, to);
  if (anchors.length === 0) return null;
  const scores = new Float64Array(anchors.length);
  const previous = new Int32Array(anchors.length).fill(-1);
  let best = 0;
  for (let index = 0; index < anchors.length; index++) {
    const anchor = anchors[index];
    if (!anchor) continue;
    const own = (pattern.weights[anchor.position] ?? 0) * anchor.similarity;
    let score = own;
    for (let earlier = index - 1; earlier >= 0 && earlier >= index - LOOK_BACK; earlier--) {
      const other = anchors[earlier];
      if (!other || other.position >= anchor.position) continue;
      if (
        other.token > anchor.token ||
        (other.token === anchor.token && other.position + 1 !== anchor.position)
      )
        continue;
      const gap = anchor.token - other.token - 1;
      if (gap > LONGEST_SLOT) break;
      const reached = (scores[earlier] ?? 0) + own;
      if (reached + NEIGHBOUR_BONUS <= score) continue;
      const joined = reached - passage(pattern, text, other, anchor);
      if (joined > score) {
        score = joined;
        previous[index] = earlier;
      }
    }
    scores[index] = score;
    if (score > (scores[best] ?? 0)) best = index;
  }
  const chain: Anchor[] = [];
  for (let index = best; index >= 0; index = previous[index] ?? -1) {
    const anchor = anchors[index];
    if (anchor) chain.push(anchor);
  }
  return { pattern, anchors: chain.reverse(), score: scores[best] ?? 0 };
}

function anchorsOf(
  pattern: Pattern,
  text: MarkedText,
  from: number,
  to: number,
): readonly Anchor[] {
  const anchors: Anchor[] = [];
  for (let token = from; token < to && anchors.length < MOST_ANCHORS; token++) {
    const word = text.words[token] ?? -1;
    if (word < 0) continue;
    const similarity = text.similarity[token] ?? 0;
    for (const position of pattern.positions.get(word) ?? []) {
      anchors.push({ position, token, similarity });
    }
    const joined = text.joined[token] ?? -1;
    if (joined < 0) continue;
    for (const position of pattern.positions.get(joined) ?? []) {
      anchors.push({ position, token, similarity });
    }
  }
  return anchors;
}

/** What it costs to go from one anchor to the next. */
function passage(pattern: Pattern, text: MarkedText, from: Anchor, to: Anchor): number {
  const words = to.token - from.token - 1;
  const elements = to.position - from.position - 1;
  if (words <= 0 && elements === 0) return -NEIGHBOUR_BONUS;
  const slots =
    (pattern.slotsBefore[to.position] ?? 0) - (pattern.slotsBefore[from.position + 1] ?? 0);
  const skippedWeight =
    (pattern.weightBefore[to.position] ?? 0) - (pattern.weightBefore[from.position + 1] ?? 0);
  const skippedWords = elements - slots;
  const behind = from.token + 1;
  if (text.masked.between(behind, to.token) > 0) return Number.POSITIVE_INFINITY;
  const crossed =
    SENTENCE_CROSSED * text.sentences.between(behind, to.token + 1) +
    PARAGRAPH_CROSSED * text.paragraphs.between(behind, to.token + 1);
  const cutShown = text.cuts.between(behind, to.token + 1) > 0;
  const jump = cutShown && elements > 0 ? SHOWN_CUT_OUT : CUT_OUT;
  let cost = Math.min(jump, SKIPPED * skippedWeight + SKIPPED_WORD * skippedWords);
  if (slots > 0) {
    const long = Math.max(0, words - USUAL_SLOT);
    cost += crossed + (words <= skippedWords && !cutShown ? EMPTY_SLOT : SLOT_WORD * words);
    cost += LONG_SLOT_WORD * long;
  } else if (words > 0) {
    if (words > LONGEST_INSERTION) return Number.POSITIVE_INFINITY;
    const inserted = Math.max(0, words - skippedWords * 0.5);
    cost += crossed + (cutShown ? 0 : Math.min(MOST_INSERTED, INSERTED_WORD * inserted));
  } else cost += crossed > SENTENCE_CROSSED ? crossed : 0;
  return cost;
}
