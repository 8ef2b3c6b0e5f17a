import { ALERT_CALIBRATION } from './alert-calibration.ts';

/** A logistic curve that rises with the fit and with the lead over the next topic. */
export interface AlertCalibration {
  readonly bias: number;
  readonly fit: number;
  readonly margin: number;
}

export interface AlertEvidence {
  readonly fit: number;
  /** How much more the template explains than the next topic does, in weight of words. */
  readonly margin: number;
}

/** A lead of more than this makes nobody surer. */
const MOST_MARGIN = 2;
/** Nothing that was made of a finite number of examples is surer than this. */
const SUREST = 0.999;

/** The evidence as the numbers that the calibration weighs. */
export function measuresOf({ fit, margin }: AlertEvidence): AlertCalibration {
  return { bias: 1, fit, margin: Math.max(0, Math.min(MOST_MARGIN, margin)) };
}

/** The probability that a template with this evidence is the right one. */
export function probabilityOfAlert(
  evidence: AlertEvidence,
  calibration: AlertCalibration = ALERT_CALIBRATION,
): number {
  const measures = measuresOf(evidence);
  const sum =
    calibration.bias * measures.bias +
    calibration.fit * measures.fit +
    calibration.margin * measures.margin;
  return Math.min(SUREST, 1 / (1 + Math.exp(-sum)));
}
