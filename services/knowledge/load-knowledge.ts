import { join } from 'node:path';
import type { Problem } from '../observability/index.ts';
import { answeringArticles, type Catalogue, createKnowledge } from './create-knowledge.ts';
import { createLiveKnowledge, type LiveKnowledge } from './live-knowledge.ts';
import { loadArticles } from './load-articles.ts';
import { fingerprintOf } from './questions/model-file.ts';
import { loadQuestionData } from './questions/question-data.ts';
import { storedModel } from './questions/stored-model.ts';

export type LoadedKnowledge =
  | { readonly kind: 'loaded'; readonly knowledge: LiveKnowledge }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/** Where `npm run build` puts what was learnt from the questions. */
export const TRAINED_FOLDER = join('questions', 'trained');

/** Reads data/knowledge and data/questions; every problem of every file is told at once. */
export async function loadKnowledge(
  dataDirectory: string,
  options: { readonly catalogue?: Catalogue } = {},
): Promise<LoadedKnowledge> {
  const [articles, questions] = await Promise.all([
    loadArticles(join(dataDirectory, 'knowledge')),
    loadQuestionData(join(dataDirectory, 'questions')),
  ]);
  if (articles.kind === 'loaded' && questions.kind === 'loaded') {
    const { data } = questions;
    const answering = answeringArticles(articles.articles, options.catalogue);
    const fingerprint = fingerprintOf({ articles: answering, ...data });
    const trained = await storedModel(join(dataDirectory, TRAINED_FOLDER), fingerprint);
    const sources = { articles: articles.articles, questions: data, trained, ...options };
    const knowledge = createLiveKnowledge(createKnowledge(sources), async (changed) => {
      const built = createKnowledge({ articles: changed, questions: data, ...options });
      await built.learnQuestions();
      return built;
    });
    return { kind: 'loaded', knowledge };
  }
  const problems = [articles, questions].flatMap((source) =>
    source.kind === 'invalid' ? source.problems : [],
  );
  return { kind: 'invalid', problems };
}
