import { z } from 'zod';
import { LANGUAGES, type Localized } from '../../domain/language.ts';

const words = z.array(z.coerce.string().min(1));
const wordsByLanguage = z.record(z.enum(LANGUAGES), words);

/** The shape of data/questions/lexicon.yaml. */
export const lexiconSchema = z.strictObject({
  equivalents: z.array(words.min(2)),
  fillers: words,
  functionWords: wordsByLanguage,
  /** Words that people have and notices have not. */
  asking: wordsByLanguage,
  /** Inflections; cut off from a word that stays long enough. */
  endings: wordsByLanguage,
  /** What stands between the parts of a compound. */
  joints: wordsByLanguage,
  concepts: z.record(z.string(), words.min(1)),
});

/** The shape of data/questions/out-of-scope.yaml. */
export const outOfScopeSchema = wordsByLanguage;

/** The shape of data/questions/phrasings.yaml: topics with more questions than their articles list. */
export const phrasingsSchema = z.record(z.string(), wordsByLanguage);

export type Lexicon = z.infer<typeof lexiconSchema>;
export type OutOfScope = Localized<readonly string[]>;
export type Phrasings = Readonly<Record<string, Localized<readonly string[]>>>;
