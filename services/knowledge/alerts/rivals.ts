import type { TopicId } from '../../domain/ids.ts';
import { type Explanation, isWhole } from './explain.ts';
import type { Fitted } from './fit-candidate.ts';

/** Weight of words by which one must explain more than another to be told from it. */
const TELLING = 0.4;
const LONGEST_NAME = 3;
const MOST_OVERLAP_MISSED = 0.5;
const NO_RIVAL = 3;

export interface Rivalry {
  /** The best wording of each other topic that explains the region as well, best first. */
  readonly rivals: readonly Fitted[];
  /** So does an alert that no article documents. */
  readonly undocumented: boolean;
  /** How much more the best one explains than the next topic does. */
  readonly margin: number;
}

/**
 * Whether what is left of a text tells its topic. A paste that was cut may fit several alerts: then
 * all that was found stands in another topic's wording too, and the person has to be asked. An alert
 * that is there as a whole is that alert, although a longer one may have all of it.
 */
export function rivalryOf(best: Fitted, others: readonly (Fitted | null)[]): Rivalry {
  const { pattern } = best.explanation.alignment;
  const explained = evidenceOf(best.explanation);
  let undocumented = false;
  const byTopic = new Map<TopicId, { readonly fitted: Fitted; readonly evidence: number }>();
  for (const other of others) {
    if (!other || other === best) continue;
    const rival = other.explanation.alignment.pattern;
    if ((rival.topic === pattern.topic && !rival.decoy) || !overlaps(best, other)) continue;
    const evidence =
      evidenceOf(other.explanation) + takenAsName(best.explanation, other.explanation);
    if (rival.decoy) {
      if (!rival.later && evidence > explained - TELLING) undocumented = true;
      continue;
    }
    const known = byTopic.get(rival.topic);
    if (!known || evidence > known.evidence) byTopic.set(rival.topic, { fitted: other, evidence });
  }
  const ranked = [...byTopic.values()].sort((a, b) => b.evidence - a.evidence);
  const margin = Math.min(NO_RIVAL, explained - (ranked[0]?.evidence ?? Number.NEGATIVE_INFINITY));
  if (isWhole(best.explanation)) {
    return { rivals: [], undocumented: false, margin: Math.max(margin, TELLING) };
  }
  const rivals = ranked
    .filter(({ evidence }) => evidence > explained - TELLING)
    .map(({ fitted }) => fitted);
  return { rivals, undocumented, margin };
}

/** Weight of the words that speak for a template, less what speaks against it; cuts cost nothing. */
function evidenceOf(explanation: Explanation): number {
  const { read, missing, contradicted, unexplained } = explanation;
  const before = explanation.startsAtEdge ? 0 : explanation.missingBefore;
  const after = explanation.endsAtEdge ? 0 : explanation.missingAfter;
  return read - missing - contradicted - unexplained - before - after;
}

/** "Exchange Online" is the name of a profile where the one has a slot and a word where the other has it. */
function takenAsName(best: Explanation, other: Explanation): number {
  const { anchors, pattern } = best.alignment;
  let weight = 0;
  for (const { from, to } of other.slots) {
    if (to - from > LONGEST_NAME) continue;
    const inside = anchors.filter(({ token }) => token >= from && token < to);
    if (inside.length < to - from) continue;
    for (const { position } of inside) weight += pattern.weights[position] ?? 0;
  }
  return weight;
}

function overlaps(best: Fitted, other: Fitted): boolean {
  const from = Math.max(best.explanation.from, other.explanation.from);
  const to = Math.min(best.explanation.to, other.explanation.to);
  const length = best.explanation.to - best.explanation.from;
  return to - from >= length * (1 - MOST_OVERLAP_MISSED);
}
