/**
 * Set by hand, not fitted: on the labelled cases nearly every fit over 0.45 was right and nearly every
 * one under it was not, which leaves too few wrong ones to fit a curve to.
 */
const STEEPNESS = 14;
const EVEN = 0.33;

/** The probability that a template with this fit is the right one. */
export function probabilityOfAlert(fit: number): number {
  return 1 / (1 + Math.exp(-STEEPNESS * (fit - EVEN)));
}
