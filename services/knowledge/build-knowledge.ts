import { join } from 'node:path';
import type { Problem } from '../observability/index.ts';
import { writeBuiltKnowledge } from './built-knowledge.ts';
import { answeringArticles, type Catalogue } from './create-knowledge.ts';
import { loadArticles } from './load-articles.ts';
import { loadQuestionData } from './questions/question-data.ts';
import { type QuestionModel, trainQuestionModel } from './questions/question-model.ts';
import { finishNow } from './text/work-in-steps.ts';

export type BuildResult =
  | { readonly kind: 'built'; readonly files: readonly string[] }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/** Checks the data and learns the questions ahead, so that starting only reads the outcome. */
export async function buildKnowledge(dataDirectory: string): Promise<BuildResult> {
  const [loaded, questions] = await Promise.all([
    loadArticles(join(dataDirectory, 'knowledge')),
    loadQuestionData(join(dataDirectory, 'questions')),
  ]);
  if (loaded.kind === 'invalid' || questions.kind === 'invalid') {
    const problems = [loaded, questions].flatMap((source) =>
      source.kind === 'invalid' ? source.problems : [],
    );
    return { kind: 'invalid', problems };
  }
  const { articles } = loaded;
  const { data } = questions;
  const train = (catalogue: Catalogue): QuestionModel =>
    finishNow(trainQuestionModel({ articles: answeringArticles(articles, catalogue), ...data }));
  const models = { full: train('full'), document: train('document') };
  const files = await writeBuiltKnowledge(dataDirectory, { articles, questions: data, models });
  return { kind: 'built', files };
}
