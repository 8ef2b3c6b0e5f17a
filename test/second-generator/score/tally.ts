import type { Diagnosis } from '../../../services/domain/diagnosis.ts';
import type { GeneratedCase } from '../../generated/generated-case.ts';
import type { Scored, Verdict } from './score-case.ts';

export const VERDICTS = ['right', 'other', 'missed', 'asked', 'decided', 'partly'] as const;

interface Failure {
  readonly text: string;
  readonly wanted: string;
  readonly got: string;
}

/** Sums over the cases of one kind. */
export class Tally {
  readonly verdicts: Record<Verdict, number> = {
    right: 0,
    other: 0,
    missed: 0,
    asked: 0,
    decided: 0,
    partly: 0,
  };
  readonly slots = { right: 0, wrong: 0, lost: 0 };
  readonly directions = { right: 0, of: 0 };
  readonly codes = { right: 0, of: 0 };
  readonly byTopic = new Map<string, number>();
  readonly failures: Failure[] = [];
  /** The right article, with a name read wrongly. */
  readonly misread: Failure[] = [];

  add(wanted: GeneratedCase, got: Diagnosis, scored: Scored): void {
    this.verdicts[scored.verdict] += 1;
    this.slots.right += scored.slots.right;
    this.slots.wrong += scored.slots.wrong;
    this.slots.lost += scored.slots.lost;
    for (const part of ['direction', 'code'] as const) {
      const said = scored[part];
      if (said === null) continue;
      const sum = part === 'direction' ? this.directions : this.codes;
      sum.of += 1;
      if (said) sum.right += 1;
    }
    if (scored.verdict === 'right') {
      if (scored.slots.wrong + scored.slots.lost > 0) {
        const read = Object.fromEntries(got.matches.map(({ topic, slots }) => [topic, slots]));
        const names = { wanted: JSON.stringify(wanted.slots), got: JSON.stringify(read) };
        this.misread.push({ text: wanted.text, ...names });
      }
      return;
    }
    const truth = [...wanted.labels, ...wanted.accept.slice(0, 4)].join(' + ') || '(nothing)';
    this.byTopic.set(truth, (this.byTopic.get(truth) ?? 0) + 1);
    const topics = got.matches.map(({ topic }) => topic).slice(0, 3);
    const near = got.near === null ? '' : `near ${got.near}`;
    const answer = `${got.outcome} ${topics.join(', ')} ${near}`.trim();
    this.failures.push({ text: wanted.text, wanted: `${wanted.kind} ${truth}`, got: answer });
  }

  get total(): number {
    return VERDICTS.reduce((sum, verdict) => sum + this.verdicts[verdict], 0);
  }
}

export const f1 = ({ right, wrong, lost }: Tally['slots']): number =>
  right === 0 ? 0 : (2 * right) / (2 * right + wrong + lost);

export const share = (right: number, of: number): string =>
  of === 0 ? '–' : `${((100 * right) / of).toFixed(1)} %`;
