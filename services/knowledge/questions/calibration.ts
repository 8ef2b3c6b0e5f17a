import { z } from 'zod';

/**
 * How the probability that the first topic is right follows from what the model says. Fitted by
 * `npm run bench -- questions --calibrate` on questions that were kept from the model.
 */
const calibrationSchema = z.strictObject({
  bias: z.number(),
  best: z.number(),
  lead: z.number(),
  none: z.number(),
  unknownWords: z.number(),
  length: z.number(),
  curve: z.number(),
});

/** The shape of data/questions/calibration.json: one for each catalogue, the larger the less sure. */
export const calibrationsSchema = z.strictObject({
  full: calibrationSchema,
  document: calibrationSchema,
});

export type Calibrations = z.infer<typeof calibrationsSchema>;
export type Calibration = z.infer<typeof calibrationSchema>;

/** What the model says of one question. */
export interface Evidence {
  /** Shares of the likeliest and the second likeliest topic, and of none. */
  readonly best: number;
  readonly second: number;
  readonly none: number;
  readonly unknownShare: number;
  readonly wordCount: number;
}

const SMALLEST = 1e-4;

/** The evidence as the numbers that the calibration weighs. */
export function measuresOf(evidence: Evidence): Calibration {
  const { best, second, none, unknownShare, wordCount } = evidence;
  return {
    bias: 1,
    best: logit(best),
    lead: Math.log((best + SMALLEST) / (second + SMALLEST)),
    none: logit(none),
    unknownWords: unknownShare,
    length: Math.log(1 + wordCount),
    curve: logit(best) ** 2 / 10,
  };
}

/** The probability that the likeliest topic answers the question. */
export function probabilityOf(evidence: Evidence, calibration: Calibration): number {
  const measures = measuresOf(evidence);
  const sum =
    calibration.bias +
    calibration.best * measures.best +
    calibration.lead * measures.lead +
    calibration.none * measures.none +
    calibration.unknownWords * measures.unknownWords +
    calibration.length * measures.length +
    calibration.curve * measures.curve;
  return 1 / (1 + Math.exp(-sum));
}

function logit(share: number): number {
  const bounded = Math.min(1 - SMALLEST, Math.max(SMALLEST, share));
  return Math.log(bounded / (1 - bounded));
}
