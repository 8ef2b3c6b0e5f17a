import type { AlertSlots } from '../../services/domain/alert.ts';
import type { Diagnosis, SpokenDirection } from '../../services/domain/diagnosis.ts';
import {
  countSlots,
  type SlotCounts,
  sameTopics,
  slotF1Of,
  type Tally,
} from '../support/dev-cases.ts';
import type { GeneratedCase } from './generated-case.ts';

/** What an engine says of a text; a search engine knows no direction, no code and no "near". */
export interface Answered {
  readonly outcome: Diagnosis['outcome'];
  readonly matches: readonly {
    readonly topic: string;
    readonly slots: AlertSlots;
    readonly direction?: SpokenDirection | null;
    readonly code?: string | null;
  }[];
  readonly near?: string | null;
}

export interface GeneratedScore {
  readonly right: Tally;
  /** Texts that decide nothing and were answered all the same, with the article they were made from. */
  readonly guessed: Tally;
  readonly asked: Tally;
  readonly direction: Tally;
  readonly code: Tally;
  readonly slots: SlotCounts;
}

export function emptyScore(): GeneratedScore {
  const tally = (): Tally => ({ right: 0, of: 0 });
  const slots = { agreed: 0, extra: 0, missed: 0 };
  return {
    right: tally(),
    guessed: tally(),
    asked: tally(),
    direction: tally(),
    code: tally(),
    slots,
  };
}

const MOST_OFFERED = 3;

/** Whether the answer is the right one for the case. */
export function isRight(labelled: GeneratedCase, answered: Answered): boolean {
  const topics = answered.matches.map(({ topic }) => topic);
  if (labelled.kind === 'negative') {
    return answered.outcome === 'none' || answered.outcome === 'ambiguous';
  }
  if (labelled.kind === 'paste') {
    return answered.outcome === 'match' && sameTopics(topics, labelled.labels);
  }
  if (answered.outcome === 'none') {
    return labelled.orUndocumented && labelled.accept.includes(answered.near ?? '');
  }
  if (answered.outcome !== 'ambiguous') return false;
  // Nobody is offered more than three; among more that fit, no choice of three is the right one.
  if (labelled.accept.length > MOST_OFFERED) {
    return topics.every((one) => labelled.accept.includes(one));
  }
  return labelled.labels.every((one) => topics.includes(one));
}

export function countAnswer(
  labelled: GeneratedCase,
  answered: Answered,
  score: GeneratedScore,
): boolean {
  const right = isRight(labelled, answered);
  count(score.right, right);
  count(score.asked, answered.outcome === 'ambiguous');
  const { matches } = answered;
  const topics = matches.map(({ topic }) => topic);
  if (labelled.kind === 'ambiguous') {
    count(score.guessed, answered.outcome === 'match' && sameTopics(topics, labelled.labels));
  }
  if (labelled.kind !== 'paste') return right;
  countSlots(labelled, matches, score.slots);
  const [only] = matches;
  if (!right || matches.length !== 1 || !only) return right;
  if (labelled.direction !== null) count(score.direction, only.direction === labelled.direction);
  if (labelled.code !== undefined) count(score.code, only.code === labelled.code);
  return right;
}

export function slotShare({ slots }: GeneratedScore): number {
  return slotF1Of(slots);
}

function count(tally: Tally, right: boolean): void {
  tally.of++;
  if (right) tally.right++;
}
