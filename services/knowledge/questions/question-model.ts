import type { TopicId } from '../../domain/ids.ts';
import { scan } from '../text/scan.ts';
import type { Steps } from '../text/work-in-steps.ts';
import { FeatureReader, stemFeature } from './features.ts';
import type { LinearWeights } from './linear-model.ts';
import { type ScopeWeights, trainScope } from './scope-model.ts';
import { type TrainingExample, trainLinear } from './train-linear.ts';
import { type QuestionSources, trainingTexts } from './training-texts.ts';

/** What was learnt from the questions: small, and without a text in it. */
export interface QuestionModel {
  /** In the order of the labels; the label after the last one means that no article answers. */
  readonly topics: readonly TopicId[];
  /** Hashes of the stems that the articles use. */
  readonly knownStems: Int32Array;
  readonly linear: LinearWeights;
  readonly scope: ScopeWeights;
}

const TEXTS_A_STEP = 8;
/** Longer texts are learnt without the letters of their words. */
const LONGEST_SPELT = 20;

/** Learns the articles' questions: seconds of work, in pieces of a fraction of a millisecond. */
export function* trainQuestionModel(
  sources: QuestionSources,
  reader: FeatureReader = new FeatureReader(sources.lexicon),
): Steps<QuestionModel> {
  yield;
  const topics = sources.articles.map(({ id }) => id);
  const labelOf = new Map(topics.map((topic, label) => [topic, label]));
  const none = topics.length;
  const texts = trainingTexts(sources);
  const read: { words: readonly string[]; label: number; weight: number }[] = [];
  const known = new Set<number>();
  for (const [index, { text, topic, weight }] of texts.entries()) {
    if (index % TEXTS_A_STEP === 0) yield;
    const { words } = scan(text);
    read.push({ words, label: topic === null ? none : (labelOf.get(topic) ?? none), weight });
    if (topic === null) continue;
    for (const word of reader.contentOf(words)) known.add(stemFeature(reader.parts.stem(word)));
  }
  const examples: TrainingExample[] = [];
  for (const [index, { words, label, weight }] of read.entries()) {
    if (index % TEXTS_A_STEP === 0) yield;
    examples.push({
      features: reader.read(words, known, words.length <= LONGEST_SPELT),
      label,
      weight,
    });
  }
  const linear = yield* trainLinear(examples, none + 1);
  const scope = yield* trainScope(
    examples.map(({ features, label, weight }) => ({ features, inScope: label !== none, weight })),
  );
  return { topics, knownStems: Int32Array.from(known), linear, scope };
}
