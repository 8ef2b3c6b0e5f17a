import type { GeneratedCase } from '../../generated/generated-case.ts';
import { isRight } from '../../generated/score-generated.ts';
import { foldedWords } from './normalise.ts';
import type { RankedTopic } from './peer.ts';

/** A case and what a peer ranked first. */
export interface RankedCase {
  readonly labelled: GeneratedCase;
  readonly ranked: readonly RankedTopic[];
}

/** When a peer answers at all, and when with several topics. */
export interface AbstentionRule {
  /** The score is divided by the number of words to this power. */
  readonly power: number;
  readonly thresholdShort: number;
  readonly thresholdLong: number;
  /** A further topic is named if its score is at least this share of the best one's. */
  readonly ratio: number;
}

const SHORT = 40;
const POWERS = [0, 0.5, 1];
const RATIOS = [2, 0.95, 0.9, 0.8, 0.7];
const MOST_NAMED = 3;

/** Search engines always find something: what is best for them at no more false answers than `most`. */
export function tunedAbstention(cases: readonly RankedCase[], most: number): AbstentionRule {
  let best: AbstentionRule | null = null;
  let bestRight = -1;
  for (const power of POWERS) {
    const thresholdShort = thresholdFor(cases.filter(isShort), power, most);
    const thresholdLong = thresholdFor(
      cases.filter((one) => !isShort(one)),
      power,
      most,
    );
    for (const ratio of RATIOS) {
      const rule = { power, thresholdShort, thresholdLong, ratio };
      const right = cases.filter(
        ({ labelled, ranked }) =>
          labelled.kind === 'paste' && isRight(labelled, answeredBy(rule, labelled.text, ranked)),
      ).length;
      if (right > bestRight) [best, bestRight] = [rule, right];
    }
  }
  if (!best) throw new Error('there is nothing to tune on');
  return best;
}

export function answeredBy(
  rule: AbstentionRule,
  text: string,
  ranked: readonly RankedTopic[],
): { outcome: 'match' | 'none'; matches: readonly { topic: string; slots: object }[] } {
  const [best] = ranked;
  const threshold = wordsIn(text) <= SHORT ? rule.thresholdShort : rule.thresholdLong;
  if (!best || scaled(best.score, text, rule.power) <= threshold) {
    return { outcome: 'none', matches: [] };
  }
  const named = ranked.filter(
    ({ score }, rank) => rank === 0 || (rank < MOST_NAMED && score >= best.score * rule.ratio),
  );
  return { outcome: 'match', matches: named.map(({ topic }) => ({ topic, slots: {} })) };
}

/** The lowest threshold that lets through at most this share of negatives. */
function thresholdFor(cases: readonly RankedCase[], power: number, most: number): number {
  const scores = cases
    .filter(({ labelled }) => labelled.kind === 'negative')
    .map(({ labelled, ranked }) => scaled(ranked[0]?.score ?? 0, labelled.text, power))
    .sort((one, other) => other - one);
  return scores[Math.floor(scores.length * most)] ?? 0;
}

function isShort({ labelled }: RankedCase): boolean {
  return wordsIn(labelled.text) <= SHORT;
}

function scaled(score: number, text: string, power: number): number {
  return power === 0 ? score : score / Math.max(1, wordsIn(text)) ** power;
}

const counted = new Map<string, number>();
function wordsIn(text: string): number {
  const known = counted.get(text) ?? foldedWords(text).length;
  counted.set(text, known);
  return known;
}
