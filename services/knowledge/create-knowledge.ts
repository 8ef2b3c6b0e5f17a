import type { Article } from '../domain/article.ts';
import type { TopicId } from '../domain/ids.ts';
import { renderAlert } from './alerts/render-alert.ts';
import { TextDiagnoser } from './diagnose-text.ts';
import type { Knowledge } from './knowledge.ts';
import { FollowUpReader } from './questions/follow-up.ts';
import type { QuestionData } from './questions/question-data.ts';
import type { QuestionModel } from './questions/question-model.ts';
import { finishInTurns, finishNow } from './text/work-in-steps.ts';

export const CATALOGUES = ['full', 'document'] as const;
export type Catalogue = (typeof CATALOGUES)[number];

export interface KnowledgeSources {
  readonly articles: ReadonlyMap<TopicId, Article>;
  readonly questions: QuestionData;
  /** What was learnt from exactly these sources before; without it the first question waits for it. */
  readonly trained?: QuestionModel | null;
  /** `document`: only the headings of the document of 2017 answer. Default: all. */
  readonly catalogue?: Catalogue;
}

/** The articles of a catalogue that may be an answer. */
export function answeringArticles(
  articles: ReadonlyMap<TopicId, Article>,
  catalogue: Catalogue = 'full',
): readonly Article[] {
  return [...articles.values()].filter(
    ({ catalogue: own }) => catalogue === 'full' || own === 'document',
  );
}

/** Compiles the templates: some hundredths of a second. Questions are learnt when they are needed. */
export function createKnowledge(sources: KnowledgeSources): Knowledge {
  const { articles, questions, catalogue = 'full', trained = null } = sources;
  const calibration = questions.calibrations[catalogue];
  const followUps = new FollowUpReader(questions.followUps);
  const answering = answeringArticles(articles, catalogue);
  const others = new Set(answering);
  const undocumented = [...articles.values()].filter((article) => !others.has(article));
  const diagnoser = new TextDiagnoser({
    articles: answering,
    undocumented,
    questions,
    calibration,
    trained,
  });
  return {
    articles: () => answering,
    article: (topic) => articles.get(topic) ?? null,
    diagnose: (text) => finishInTurns(diagnoser.diagnose(text)),
    diagnoseNow: (text) => finishNow(diagnoser.diagnose(text)),
    learnQuestions: () => finishInTurns(diagnoser.learnQuestions()),
    followUp: (text) => followUps.read(text),
    renderAlert,
  };
}
