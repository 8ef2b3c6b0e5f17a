import type { MarkedText } from './marked-text.ts';
import type { Pattern } from './pattern.ts';
import type { TokenWindow } from './token-window.ts';

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

/** Anchors of one alignment in the order of the template; kept, because alignments are many. */
const positions = new Int32Array(MOST_ANCHORS);
const places = new Int32Array(MOST_ANCHORS);
const scores = new Float64Array(MOST_ANCHORS);
/** The best score up to each anchor: further back no predecessor can be better. */
const bestBefore = new Float64Array(MOST_ANCHORS);
const previous = new Int32Array(MOST_ANCHORS);

/**
 * The chain of template words that explains the tokens in [from, to) best: local alignment over the
 * words that occur in both, instead of over every pair. Between two neighbours of the chain stand a
 * slot's value, a few inserted words, a cut-out middle or nothing.
 */
export function align(
  pattern: Pattern,
  text: MarkedText,
  window: TokenWindow,
  from: number,
  to: number,
): Alignment | null {
  window.open(text, from, to);
  const count = findAnchors(pattern, window);
  if (count === 0) return null;
  let best = 0;
  let bestScore = 0;
  for (let index = 0; index < count; index++) {
    const position = positions[index] ?? 0;
    const token = places[index] ?? 0;
    const own = (pattern.weights[position] ?? 0) * (text.similarity[token] ?? 0);
    let score = own;
    let predecessor = -1;
    const farthest = Math.max(0, index - LOOK_BACK);
    for (let earlier = index - 1; earlier >= farthest; earlier--) {
      if ((bestBefore[earlier] ?? 0) + own + NEIGHBOUR_BONUS <= score) break;
      const otherPosition = positions[earlier] ?? 0;
      const otherToken = places[earlier] ?? 0;
      if (otherPosition >= position || otherToken > token) continue;
      if (otherToken === token && otherPosition + 1 !== position) continue;
      if (token - otherToken - 1 > LONGEST_SLOT) continue;
      const reached = (scores[earlier] ?? 0) + own;
      if (reached + NEIGHBOUR_BONUS <= score) continue;
      const joined = reached - passage(pattern, text, otherPosition, otherToken, position, token);
      if (joined > score) {
        score = joined;
        predecessor = earlier;
      }
    }
    scores[index] = score;
    previous[index] = predecessor;
    if (score > bestScore) {
      bestScore = score;
      best = index;
    }
    bestBefore[index] = bestScore;
  }
  const chain: Anchor[] = [];
  for (let index = best; index >= 0; index = previous[index] ?? -1) {
    const token = places[index] ?? 0;
    const similarity = text.similarity[token] ?? 0;
    chain.push({ position: positions[index] ?? 0, token, similarity });
  }
  return { pattern, anchors: chain.reverse(), score: bestScore };
}

function findAnchors(pattern: Pattern, window: TokenWindow): number {
  const { words, length } = pattern;
  let count = 0;
  for (let position = 0; position < length; position++) {
    const word = words[position] ?? -1;
    if (word < 0) continue;
    for (let place = window.firstOf(word); place >= 0; place = window.nextOf(place)) {
      if (count === MOST_ANCHORS) return count;
      positions[count] = position;
      places[count] = window.tokenOf(place);
      count++;
    }
  }
  return count;
}

/** What it costs to go from one anchor to the next. */
function passage(
  pattern: Pattern,
  text: MarkedText,
  fromPosition: number,
  fromToken: number,
  toPosition: number,
  toToken: number,
): number {
  const words = toToken - fromToken - 1;
  const elements = toPosition - fromPosition - 1;
  if (words <= 0 && elements === 0) return -NEIGHBOUR_BONUS;
  const slots =
    (pattern.slotsBefore[toPosition] ?? 0) - (pattern.slotsBefore[fromPosition + 1] ?? 0);
  const skippedWeight =
    (pattern.weightBefore[toPosition] ?? 0) - (pattern.weightBefore[fromPosition + 1] ?? 0);
  const skippedWords = elements - slots;
  const behind = fromToken + 1;
  if (text.maskedBetween(behind, toToken) > 0) return Number.POSITIVE_INFINITY;
  const crossed =
    SENTENCE_CROSSED * text.sentences.between(behind, toToken + 1) +
    PARAGRAPH_CROSSED * text.paragraphs.between(behind, toToken + 1);
  const cutShown = text.cuts.between(behind, toToken + 1) > 0;
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
