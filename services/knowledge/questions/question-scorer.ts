import type { Article } from '../../domain/article.ts';
import type { TopicId } from '../../domain/ids.ts';
import { LANGUAGES } from '../../domain/language.ts';
import { scan } from '../text/scan.ts';
import { ExampleIndex } from './example-index.ts';
import { featuresOf } from './features.ts';
import { Concepts, type Lexicon, type OutOfScope } from './lexicon.ts';
import { LinearModel, type TrainingExample } from './linear-model.ts';

export interface RankedTopic {
  readonly topic: TopicId;
  /** Probability that the text asks about this topic. */
  readonly probability: number;
}

const QUESTION = 1;
const TITLE = 1;
const PROSE = 0.35;
const DECOY = 1;
const MODEL_SHARE = 0.7;
/** Turns similarities into shares: how much more a closer example says. */
const SHARPNESS = 14;
const NONE_SIMILARITY = 0.22;

/** Asks which article answers a free question, or none: learnt from the articles' own questions. */
export class QuestionScorer {
  private readonly topics: readonly TopicId[];
  private readonly concepts: Concepts;
  private readonly functionWords: ReadonlySet<string>;
  private readonly model: LinearModel;
  private readonly index: ExampleIndex;

  constructor(articles: readonly Article[], outOfScope: OutOfScope, lexicon: Lexicon) {
    this.topics = articles.map(({ id }) => id);
    this.concepts = new Concepts(lexicon.concepts);
    this.functionWords = new Set(
      Object.values(lexicon.functionWords).flatMap((words) =>
        words.flatMap((word) => scan(word).words),
      ),
    );
    const none = articles.length;
    const examples = [
      ...articles.flatMap((article, label) => this.examplesOf(article, label, none)),
      ...LANGUAGES.flatMap((lang) =>
        outOfScope[lang].map((text) => this.example(text, none, QUESTION)),
      ),
    ];
    this.model = new LinearModel(examples, none + 1);
    this.index = new ExampleIndex(examples, none + 1);
  }

  /** Every topic, likeliest first; what is missing from 1 is the chance that none of them is meant. */
  rank(words: readonly string[]): readonly RankedTopic[] {
    const features = featuresOf(words, this.concepts, this.functionWords);
    if (features.size === 0) return [];
    const learnt = this.model.probabilities(features);
    const alike = this.shares(this.index.similarities(features));
    return this.topics
      .map((topic, label) => ({
        topic,
        probability: MODEL_SHARE * (learnt[label] ?? 0) + (1 - MODEL_SHARE) * (alike[label] ?? 0),
      }))
      .sort((a, b) => b.probability - a.probability);
  }

  private shares(similarities: Float64Array): Float64Array {
    const none = this.topics.length;
    similarities[none] = Math.max(similarities[none] ?? 0, NONE_SIMILARITY);
    let sum = 0;
    const powers = similarities.map((similarity) => {
      const power = Math.exp(SHARPNESS * similarity);
      sum += power;
      return power;
    });
    return powers.map((power) => power / sum);
  }

  private examplesOf(article: Article, label: number, none: number): readonly TrainingExample[] {
    const localized = LANGUAGES.flatMap((lang) => [
      ...article.questions[lang].map((text) => this.example(text, label, QUESTION)),
      this.example(article.title[lang], label, TITLE),
      this.example(article.meaning[lang], label, PROSE),
      this.example(article.cause[lang], label, PROSE),
    ]);
    const decoys = article.decoys.map(({ text }) => this.example(text, none, DECOY));
    return [...localized, ...decoys];
  }

  private example(text: string, label: number, weight: number): TrainingExample {
    const features = featuresOf(scan(text).words, this.concepts, this.functionWords);
    return { features, label, weight };
  }
}
