import type { Tokens } from '../text/scan.ts';
import type { Steps } from '../text/work-in-steps.ts';
import { type Candidate, candidatesIn, rivalsOf } from './candidates.ts';
import { isWhole } from './explain.ts';
import { type Fitted, fitCandidate, isBetter, isHopeless } from './fit-candidate.ts';
import { type FoundAlert, foundAlert, foundFragment } from './found-alert.ts';
import { fragmentAround, type Region } from './fragment.ts';
import { MarkedText } from './marked-text.ts';
import type { PatternSet } from './pattern.ts';
import { rivalryOf } from './rivals.ts';

const MOST_ALERTS = 12;
const NEIGHBOURHOOD = 96;
/** Explains so little that it is not even "close to" the topic. */
const LEAST_FIT = 0.2;
/** Fits well enough, with nothing cut off, to be that alert whatever else has its words. */
const COMPLETE = 0.42;
const LONGEST_FRAGMENT = 40;

/** The alerts and decoys of a text, in order of appearance. */
export function* findAlerts(
  tokens: Tokens,
  source: string,
  set: PatternSet,
  fillers: ReadonlySet<string>,
): Steps<readonly FoundAlert[]> {
  const text = new MarkedText(tokens, set, source);
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
    const region = regionOf(best, text, found.length);
    const fragment = region && fragmentAround(text, set, region, fillers);
    if (fragment) {
      found.push(foundFragment(fragment, text, source));
      text.mask(fragment.from, fragment.to);
      candidates = yield* crowdedOut(fragment);
      continue;
    }
    if (!best || best.fit < LEAST_FIT) break;
    const { explanation } = best;
    const others = candidates.map((candidate) => fitted.get(candidate) ?? null);
    if (!isWhole(explanation)) {
      const known = new Set(others.map((other) => other?.candidate.pattern));
      for (const rival of rivalsOf(best.candidate, text, set, explanation)) {
        if (!known.has(rival.pattern)) others.push(fitCandidate(rival, text, set, fillers));
      }
    }
    found.push(foundAlert(best, rivalryOf(best, others), text, source));
    text.mask(explanation.from, explanation.to);
    candidates = yield* crowdedOut(explanation);
  }
  return found.sort((a, b) => a.from - b.from);

  /** What was crowded out by an alert gets its turn around the place that it left. */
  function* crowdedOut({ from, to }: Stretch): Steps<readonly Candidate[]> {
    const around = { from: from - NEIGHBOURHOOD, to: to + NEIGHBOURHOOD };
    const elsewhere = candidates.filter(
      (candidate) => candidate.from >= to || candidate.to <= from,
    );
    return [...elsewhere, ...(yield* candidatesIn(text, set, around))];
  }
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * Where a piece of an alert is looked for: where the best alignment is, unless that is a complete
 * alert. A short text in which nothing stands out may be a piece all the same.
 */
function regionOf(best: Fitted | null, { tokens }: MarkedText, found: number): Region | null {
  if (best && best.fit >= COMPLETE && isWhole(best.explanation)) return null;
  if (best && (found === 0 || best.fit >= LEAST_FIT)) return best.explanation;
  if (found > 0) return null;
  return tokens.length <= LONGEST_FRAGMENT ? { from: 0, to: tokens.length, read: 0 } : null;
}
