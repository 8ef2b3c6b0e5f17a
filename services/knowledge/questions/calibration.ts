import { z } from 'zod';

/** How the probability that some article answers follows from what the model says. */
const scopeSchema = z.strictObject({
  bias: z.number(),
  odds: z.number(),
  none: z.number(),
  best: z.number(),
  unknownWords: z.number(),
  length: z.number(),
  curve: z.number(),
});

/** How the probability follows that the first topic is right, if any is. */
const choiceSchema = z.strictObject({
  bias: z.number(),
  best: z.number(),
  lead: z.number(),
  ofDocument: z.number(),
  unknownWords: z.number(),
  length: z.number(),
  curve: z.number(),
});

/**
 * Fitted by `npm run bench -- questions --calibrate` on questions that were kept from the model. Two
 * doubts are told apart: whether anything answers, and which of several neighbours does.
 */
const calibrationSchema = z.strictObject({ scope: scopeSchema, choice: choiceSchema });

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
  /** Whether the likeliest topic is one of the document's, which have been asked for in more ways. */
  readonly ofDocument: boolean;
  /** The logarithm of the odds that any topic answers, by the model that tells only this. */
  readonly scopeOdds: number;
  readonly unknownShare: number;
  readonly wordCount: number;
}

export interface Certainty {
  /** Probability that some article answers. */
  readonly inScope: number;
  /** Probability that the likeliest topic is the one, if some article answers. */
  readonly choice: number;
}

const SMALLEST = 1e-4;
const HIGHEST_ODDS = 8;

/** The evidence as the numbers that the calibration weighs. */
export function measuresOf(evidence: Evidence): Calibration {
  const { best, second, none, ofDocument, scopeOdds, unknownShare, wordCount } = evidence;
  const length = Math.log(1 + wordCount);
  const ofTopics = logit(best / Math.max(SMALLEST, 1 - none));
  return {
    scope: {
      bias: 1,
      odds: Math.min(HIGHEST_ODDS, Math.max(-HIGHEST_ODDS, scopeOdds)),
      none: logit(none),
      best: logit(best),
      unknownWords: unknownShare,
      length,
      curve: length ** 2 / 4,
    },
    choice: {
      bias: 1,
      best: ofTopics,
      lead: Math.log((best + SMALLEST) / (second + SMALLEST)),
      ofDocument: ofDocument ? 1 : 0,
      unknownWords: unknownShare,
      length,
      curve: ofTopics ** 2 / 10,
    },
  };
}

/** How sure one may be of the likeliest topic. */
export function certaintyOf(evidence: Evidence, calibration: Calibration): Certainty {
  const measures = measuresOf(evidence);
  return {
    inScope: probabilityOf(measures.scope, calibration.scope),
    choice: probabilityOf(measures.choice, calibration.choice),
  };
}

function probabilityOf<Name extends string>(
  measures: Readonly<Record<Name, number>>,
  weights: Readonly<Record<Name, number>>,
): number {
  let sum = 0;
  for (const name of Object.keys(measures) as Name[]) sum += measures[name] * weights[name];
  return 1 / (1 + Math.exp(-sum));
}

function logit(share: number): number {
  const bounded = Math.min(1 - SMALLEST, Math.max(SMALLEST, share));
  return Math.log(bounded / (1 - bounded));
}
