import type { TopicId } from '../../domain/ids.ts';
import type { Steps } from '../text/work-in-steps.ts';
import { type Calibration, certaintyOf, type Evidence } from './calibration.ts';
import { FeatureReader, type KnownStems } from './features.ts';
import { LinearModel } from './linear-model.ts';
import { type QuestionModel, trainQuestionModel } from './question-model.ts';
import { ScopeModel } from './scope-model.ts';
import type { QuestionSources } from './training-texts.ts';

export interface RankedTopic {
  readonly topic: TopicId;
  /** Probability that this topic answers the text. */
  readonly probability: number;
}

export interface Ranking {
  /** Probability that some article answers the text. */
  readonly inScope: number;
  /** Probability that the first topic is the one, if some article answers. */
  readonly choice: number;
  /** At most three, likeliest first. */
  readonly topics: readonly RankedTopic[];
}

export const UNRANKED: Ranking = { inScope: 0, choice: 0, topics: [] };

interface TopicShare {
  readonly topic: TopicId;
  readonly share: number;
}

export interface Judgement {
  /** At most three, likeliest first. */
  readonly first: readonly TopicShare[];
  readonly evidence: Evidence;
}

/**
 * A general question has the document's topic first (design.md §3), where no other article's own
 * questions clearly decide: this many times the model's odds.
 */
export const DOCUMENT_ODDS = 2.5;
/** No more than these are ever offered. */
const MOST_RANKED = 3;
const SMALLEST = 1e-9;

interface Ready {
  readonly topics: readonly TopicId[];
  readonly known: KnownStems;
  readonly model: LinearModel;
  readonly scope: ScopeModel;
}

/** Asks which article answers a free question, or none: learnt from the articles' own questions. */
export class QuestionScorer {
  private readonly reader: FeatureReader;
  private readonly calibration: Calibration;
  /** The headings of the document. */
  private readonly ofDocument: ReadonlySet<TopicId>;
  private readonly training: Steps<QuestionModel>;
  private learnt: Ready | null;

  /** `trained`: what `trainQuestionModel` made of the same sources, if that is at hand. */
  constructor(sources: QuestionSources, calibration: Calibration, trained: QuestionModel | null) {
    this.reader = new FeatureReader(sources.lexicon);
    this.calibration = calibration;
    this.ofDocument = new Set(
      sources.articles.filter(({ catalogue }) => catalogue === 'document').map(({ id }) => id),
    );
    this.training = trainQuestionModel(sources, this.reader);
    this.learnt = trained === null ? null : readyOf(trained);
  }

  /** Learns, if that is still to be done; several texts may wait for it and do a part each. */
  *ready(): Steps<void> {
    while (this.learnt === null) {
      const step = this.training.next();
      if (step.done === true) this.learnt = readyOf(step.value);
      else yield;
    }
  }

  /** The likeliest topics; none where the text says nothing. */
  *rank(words: readonly string[]): Steps<Ranking> {
    const judged = yield* this.judge(words);
    if (judged === null) return UNRANKED;
    const { inScope, choice } = certaintyOf(judged.evidence, this.calibration);
    const best = inScope * choice;
    const { best: first, none } = judged.evidence;
    const topics = judged.first.map(({ topic, share }, rank) => {
      if (rank === 0) return { topic, probability: best };
      // The other topics divide what the first one leaves of being in scope.
      const rest = (inScope * (1 - choice) * share) / Math.max(SMALLEST, 1 - first - none);
      return { topic, probability: Math.min(best, rest) };
    });
    return { inScope, choice, topics };
  }

  /** What the model says, before it is made a probability; null where the text says nothing. */
  *judge(words: readonly string[]): Steps<Judgement | null> {
    yield* this.ready();
    const { learnt } = this;
    if (learnt === null) return null;
    const features = this.reader.read(words, learnt.known);
    if (features.ids.length === 0) return null;
    const shares = this.withOdds(learnt.model.probabilities(features), learnt.topics);
    const first = likeliest(shares, learnt.topics);
    const evidence: Evidence = {
      best: first[0]?.share ?? 0,
      second: first[1]?.share ?? 0,
      none: shares[learnt.topics.length] ?? 0,
      ofDocument: first[0] !== undefined && this.ofDocument.has(first[0].topic),
      scopeOdds: learnt.scope.odds(features),
      unknownShare: features.unknownShare,
      wordCount: features.wordCount,
    };
    return { first, evidence };
  }

  private withOdds(shares: Float64Array, topics: readonly TopicId[]): Float64Array {
    let sum = shares[topics.length] ?? 0;
    topics.forEach((topic, label) => {
      const odds = this.ofDocument.has(topic) ? DOCUMENT_ODDS : 1;
      const share = (shares[label] ?? 0) * odds;
      shares[label] = share;
      sum += share;
    });
    return shares.map((share) => share / sum);
  }
}

function readyOf({ topics, knownStems, linear, scope }: QuestionModel): Ready {
  const model = new LinearModel(linear);
  return { topics, known: new Set(knownStems), model, scope: new ScopeModel(scope) };
}

function likeliest(shares: Float64Array, topics: readonly TopicId[]): readonly TopicShare[] {
  const first: TopicShare[] = [];
  for (const [label, topic] of topics.entries()) {
    const share = shares[label] ?? 0;
    let place = first.length;
    while (place > 0 && share > (first[place - 1]?.share ?? 0)) place--;
    if (place >= MOST_RANKED) continue;
    first.splice(place, 0, { topic, share });
    if (first.length > MOST_RANKED) first.pop();
  }
  return first;
}
