import {
  type Calibration,
  type Evidence,
  measuresOf,
} from '../../services/knowledge/questions/calibration.ts';

export interface Outcome {
  readonly evidence: Evidence;
  readonly right: boolean;
}

const ROUNDS = 600;
const RATE = 0.3;
const RIDGE = 1e-4;

/** Logistic regression of "the first topic was right" on what the model said (AdaGrad, all at once). */
export function fitCalibration(outcomes: readonly Outcome[]): Calibration {
  const fitted = {
    bias: 0,
    best: 0,
    lead: 0,
    none: 0,
    unknownWords: 0,
    length: 0,
    curve: 0,
  };
  const names = Object.keys(fitted) as (keyof Calibration)[];
  const rows = outcomes.map(({ evidence, right }) => {
    const measures = measuresOf(evidence);
    return { values: names.map((name) => measures[name]), right: right ? 1 : 0 };
  });
  const weights = names.map(() => 0);
  const squares = names.map(() => 1e-8);
  for (let round = 0; round < ROUNDS; round++) {
    const gradients = names.map(() => 0);
    for (const { values, right } of rows) {
      const sum = values.reduce((total, value, at) => total + value * (weights[at] ?? 0), 0);
      const error = 1 / (1 + Math.exp(-sum)) - right;
      values.forEach((value, at) => {
        gradients[at] = (gradients[at] ?? 0) + error * value;
      });
    }
    gradients.forEach((total, at) => {
      const gradient = total / rows.length + RIDGE * (weights[at] ?? 0);
      squares[at] = (squares[at] ?? 0) + gradient * gradient;
      weights[at] = (weights[at] ?? 0) - (RATE * gradient) / Math.sqrt(squares[at] ?? 1);
    });
  }
  names.forEach((name, at) => {
    fitted[name] = Math.round((weights[at] ?? 0) * 1000) / 1000;
  });
  return fitted;
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
