import type { AlertSlots } from '../../domain/alert.ts';
import type { SpokenDirection } from '../../domain/diagnosis.ts';
import type { FailureNature } from '../../domain/failure.ts';
import type { TopicId } from '../../domain/ids.ts';
import type { Tokens } from '../text/scan.ts';
import type { Steps } from '../text/work-in-steps.ts';
import { align } from './align.ts';
import { type Candidate, candidatesIn } from './candidates.ts';
import { fitOf } from './confidence.ts';
import { type Explanation, explain } from './explain.ts';
import { MarkedText } from './marked-text.ts';
import { type Pattern, type PatternSet, RECEIVING, SENDING } from './pattern.ts';
import { slotsOf } from './slot-value.ts';

/** A region of the text that a template or decoy explains. */
export interface FoundAlert {
  readonly topic: TopicId;
  readonly lang: string;
  readonly decoy: boolean;
  /** 0 to 1; calibrated elsewhere. */
  readonly fit: number;
  readonly slots: AlertSlots;
  readonly direction: SpokenDirection | null;
  readonly nature: FailureNature | null;
  readonly from: number;
  readonly to: number;
}

interface Fitted {
  readonly candidate: Candidate;
  readonly explanation: Explanation;
  readonly fit: number;
}

const MOST_ALERTS = 12;
const SHARED_SHARE = 0.93;
/** Fits so well that what others have in common with it does not matter. */
const BEYOND_DOUBT = 0.85;
const CONTESTED = 0.7;
const FEWER = 0.85;
const NEIGHBOURHOOD = 96;
/** Weight of words that a whole alert typically has. */
const MUCH = 6;
/** Explains so little that it is not even "close to" the topic. */
const LEAST_FIT = 0.2;
/** What a decoy and a template both explain equally well is the template's. */
const DECOY_HANDICAP = 0.03;

/** The alerts and decoys of a text, in order of appearance. */
export function* findAlerts(
  tokens: Tokens,
  source: string,
  set: PatternSet,
  fillers: ReadonlySet<string>,
): Steps<readonly FoundAlert[]> {
  const text = new MarkedText(tokens, set);
  yield;
  let candidates = yield* candidatesIn(text, set, { from: 0, to: tokens.length });
  const found: FoundAlert[] = [];
  const fitted = new Map<Candidate, Fitted | null>();
  for (let round = 0; round < MOST_ALERTS; round++) {
    let best: Fitted | null = null;
    for (const candidate of candidates) {
      let fit = fitted.get(candidate);
      if (fit === undefined) {
        if (best && isHopeless(candidate, best)) continue;
        yield;
        fit = fitCandidate(candidate, text, set, fillers);
        fitted.set(candidate, fit);
      }
      if (fit && (!best || isBetter(fit, best))) best = fit;
    }
    if (!best || best.fit < LEAST_FIT) break;
    const { explanation } = best;
    const rivals = candidates.map((candidate) => fitted.get(candidate) ?? null);
    const fit = best.fit * (isContested(best, rivals) ? CONTESTED : 1);
    found.push(foundAlert({ ...best, fit }, text, source));
    text.mask(explanation.from, explanation.to);
    // What was crowded out by this alert gets its turn around the place that it left.
    const region = { from: explanation.from - NEIGHBOURHOOD, to: explanation.to + NEIGHBOURHOOD };
    const elsewhere = candidates.filter(
      (candidate) => candidate.from >= explanation.to || candidate.to <= explanation.from,
    );
    candidates = [...elsewhere, ...(yield* candidatesIn(text, set, region))];
  }
  return found.sort((a, b) => a.from - b.from);
}

function fitCandidate(
  candidate: Candidate,
  text: MarkedText,
  set: PatternSet,
  fillers: ReadonlySet<string>,
): Fitted | null {
  const pattern = set.patterns[candidate.pattern];
  if (!pattern) return null;
  text.searchMisspelt(candidate.from, candidate.to);
  const alignment = align(pattern, text, candidate.from, candidate.to);
  if (!alignment) return null;
  const explanation = explain(alignment, text, fillers);
  return { candidate, explanation, fit: fitOf(explanation) - (pattern.decoy ? DECOY_HANDICAP : 0) };
}

function isBetter(one: Fitted, other: Fitted): boolean {
  const difference = rankOf(one) - rankOf(other);
  if (Math.abs(difference) > 1e-6) return difference > 0;
  return one.explanation.matched > other.explanation.matched;
}

/** Of two that fit, the one that explains more comes first; it may have the other as a part. */
function rankOf({ fit, explanation }: Fitted): number {
  return fit * (0.7 + 0.3 * Math.min(1, explanation.matched / MUCH));
}

/** Beside one that fits this well, a pattern with clearly fewer of the words need not be aligned. */
function isHopeless(candidate: Candidate, best: Fitted): boolean {
  return best.fit >= BEYOND_DOUBT && candidate.reached < best.candidate.reached * FEWER;
}

/** Another topic has nearly all of the words that were found: they are what alerts have in common. */
function isContested(best: Fitted, rivals: readonly (Fitted | null)[]): boolean {
  const { pattern } = best.explanation.alignment;
  if (best.fit >= BEYOND_DOUBT) return false;
  return rivals.some((rival) => {
    if (!rival) return false;
    const { explanation } = rival;
    const other = explanation.alignment.pattern;
    if (other.decoy || (other.topic === pattern.topic && !pattern.decoy)) return false;
    const from = Math.max(explanation.from, best.explanation.from);
    const to = Math.min(explanation.to, best.explanation.to);
    return to > from && explanation.matched >= best.explanation.matched * SHARED_SHARE;
  });
}

function foundAlert(best: Fitted, text: MarkedText, source: string): FoundAlert {
  const { explanation } = best;
  const { pattern } = explanation.alignment;
  return {
    topic: pattern.topic,
    lang: pattern.lang,
    decoy: pattern.decoy,
    fit: best.fit,
    slots: slotsOf(explanation, text, source),
    direction: directionOf(pattern, explanation.direction),
    nature: natureOf(explanation),
    from: explanation.from,
    to: explanation.to,
  };
}

/** The tail tells (domain.md §1.1); where it is cut off, what the topic usually is. */
function natureOf({ alignment: { pattern, anchors } }: Explanation): FailureNature | null {
  if (pattern.nature === null) return null;
  const told = anchors.some(({ position }) => pattern.telling.has(pattern.words[position] ?? -1));
  return told ? pattern.nature : pattern.usualNature;
}

/** The verbs in the text; where the wording has no choice, the direction it always speaks of. */
function directionOf(pattern: Pattern, bits: number): SpokenDirection | null {
  if (bits === (SENDING | RECEIVING)) return 'both';
  if (bits === SENDING) return 'send';
  if (bits === RECEIVING) return 'receive';
  const { directions } = pattern;
  if (directions.length !== 1) return null;
  if (directions[0] === 'act') return 'act';
  return directions[0] === 'outgoing' ? 'send' : 'receive';
}
