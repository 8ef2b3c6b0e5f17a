/** Logistic curve through the share of right answers at each fit, on texts that were not tuned on. */
const STEEPNESS = 14;
const EVEN = 0.33;

/** The probability that a template with this fit is the right one. */
export function probabilityOfAlert(fit: number): number {
  return 1 / (1 + Math.exp(-STEEPNESS * (fit - EVEN)));
}
