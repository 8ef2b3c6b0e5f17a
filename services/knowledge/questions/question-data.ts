import { join } from 'node:path';
import type { Problem } from '../../observability/index.ts';
import { type Calibrations, calibrationsSchema } from './calibration.ts';
import { type FollowUps, followUpsSchema } from './follow-up.ts';
import {
  type Lexicon,
  lexiconSchema,
  type OutOfScope,
  outOfScopeSchema,
  type Phrasings,
  phrasingsSchema,
} from './lexicon.ts';
import { readData } from './read-data.ts';

/** What stands in data/questions: all that is known of questions beside the articles. */
export interface QuestionData {
  readonly lexicon: Lexicon;
  readonly outOfScope: OutOfScope;
  readonly phrasings: Phrasings;
  readonly calibrations: Calibrations;
  readonly followUps: FollowUps;
}

export type LoadedQuestionData =
  | { readonly kind: 'loaded'; readonly data: QuestionData }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/** Reads the folder data/questions. */
export async function loadQuestionData(directory: string): Promise<LoadedQuestionData> {
  const [lexicon, outOfScope, phrasings, calibrations, followUps] = await Promise.all([
    readData(join(directory, 'lexicon.yaml'), lexiconSchema),
    readData(join(directory, 'out-of-scope.yaml'), outOfScopeSchema),
    readData(join(directory, 'phrasings.yaml'), phrasingsSchema),
    readData(join(directory, 'calibration.json'), calibrationsSchema),
    readData(join(directory, 'follow-ups.yaml'), followUpsSchema),
  ]);
  if (
    lexicon.kind === 'read' &&
    outOfScope.kind === 'read' &&
    phrasings.kind === 'read' &&
    calibrations.kind === 'read' &&
    followUps.kind === 'read'
  ) {
    const data = {
      lexicon: lexicon.value,
      outOfScope: outOfScope.value,
      phrasings: phrasings.value,
      calibrations: calibrations.value,
      followUps: followUps.value,
    };
    return { kind: 'loaded', data };
  }
  const problems = [lexicon, outOfScope, phrasings, calibrations, followUps].flatMap((source) =>
    source.kind === 'invalid' ? source.problems : [],
  );
  return { kind: 'invalid', problems };
}
