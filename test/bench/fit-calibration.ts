import {
  type Calibration,
  type Evidence,
  measuresOf,
} from '../../services/knowledge/questions/calibration.ts';

export interface Outcome {
  readonly evidence: Evidence;
  readonly inScope: boolean;
  /** Whether the first topic was right. */
  readonly right: boolean;
  /** How often it is asked beside others, as the scorer assumes it. */
  readonly weight: number;
}

const ROUNDS = 600;
const RATE = 0.3;
const RIDGE = 1e-4;

/** Whether anything answers is learnt from all texts, which topic does from those that one answers. */
export function fitCalibration(outcomes: readonly Outcome[]): Calibration {
  const measured = outcomes.map((outcome) => ({
    ...outcome,
    measures: measuresOf(outcome.evidence),
  }));
  return {
    scope: fit(
      measured.map(({ measures, inScope }) => ({
        measures: measures.scope,
        is: inScope,
        weight: 1,
      })),
    ),
    choice: fit(
      measured
        .filter(({ inScope }) => inScope)
        .map(({ measures, right, weight }) => ({ measures: measures.choice, is: right, weight })),
    ),
  };
}

/** Logistic regression (AdaGrad, all at once). */
function fit<Name extends string>(
  examples: readonly {
    readonly measures: Readonly<Record<Name, number>>;
    readonly is: boolean;
    readonly weight: number;
  }[],
): Record<Name, number> {
  const names = Object.keys(examples[0]?.measures ?? {}) as Name[];
  const whole = examples.reduce((sum, { weight }) => sum + weight, 0);
  const rows = examples.map(({ measures, is, weight }) => ({
    weight,
    values: names.map((name) => measures[name]),
    is: is ? 1 : 0,
  }));
  const weights = names.map(() => 0);
  const squares = names.map(() => 1e-8);
  for (let round = 0; round < ROUNDS; round++) {
    const gradients = names.map(() => 0);
    for (const { values, is, weight } of rows) {
      let sum = 0;
      for (let at = 0; at < values.length; at++) sum += (values[at] ?? 0) * (weights[at] ?? 0);
      const error = (1 / (1 + Math.exp(-sum)) - is) * weight;
      for (let at = 0; at < values.length; at++) {
        gradients[at] = (gradients[at] ?? 0) + error * (values[at] ?? 0);
      }
    }
    gradients.forEach((total, at) => {
      const gradient = total / whole + RIDGE * (weights[at] ?? 0);
      squares[at] = (squares[at] ?? 0) + gradient * gradient;
      weights[at] = (weights[at] ?? 0) - (RATE * gradient) / Math.sqrt(squares[at] ?? 1);
    });
  }
  const rounded = names.map((name, at) => [name, Math.round((weights[at] ?? 0) * 1000) / 1000]);
  return Object.fromEntries(rounded) as Record<Name, number>;
}

/** Expected calibration error over ten bins of equal width. */
export function calibrationError(
  answers: readonly { readonly probability: number; readonly right: boolean }[],
): number {
  const bins = Array.from({ length: 10 }, () => 0);
  for (const { probability, right } of answers) {
    const bin = Math.min(9, Math.floor(probability * 10));
    bins[bin] = (bins[bin] ?? 0) + probability - (right ? 1 : 0);
  }
  return bins.reduce((sum, bin) => sum + Math.abs(bin), 0) / answers.length;
}
