import { join } from 'node:path';
import type { Problem } from '../observability/index.ts';
import { readBuiltKnowledge } from './built-knowledge.ts';
import { type Catalogue, createKnowledge, type KnowledgeSources } from './create-knowledge.ts';
import { createLiveKnowledge, type LiveKnowledge } from './live-knowledge.ts';
import { loadArticles } from './load-articles.ts';
import { loadQuestionData } from './questions/question-data.ts';

export type LoadedKnowledge =
  | { readonly kind: 'loaded'; readonly knowledge: LiveKnowledge }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/**
 * Reads data/knowledge and data/questions, or what the build made of the same bytes; every problem of
 * every file is told at once.
 */
export async function loadKnowledge(
  dataDirectory: string,
  { catalogue = 'full' }: { readonly catalogue?: Catalogue } = {},
): Promise<LoadedKnowledge> {
  const built = await readBuiltKnowledge(dataDirectory, catalogue);
  if (built !== null) {
    return { kind: 'loaded', knowledge: knowledgeThatChanges({ ...built, catalogue }) };
  }
  const [articles, questions] = await Promise.all([
    loadArticles(join(dataDirectory, 'knowledge')),
    loadQuestionData(join(dataDirectory, 'questions')),
  ]);
  if (articles.kind === 'loaded' && questions.kind === 'loaded') {
    const sources = { articles: articles.articles, questions: questions.data, catalogue };
    return { kind: 'loaded', knowledge: knowledgeThatChanges(sources) };
  }
  const problems = [articles, questions].flatMap((source) =>
    source.kind === 'invalid' ? source.problems : [],
  );
  return { kind: 'invalid', problems };
}

function knowledgeThatChanges(sources: KnowledgeSources): LiveKnowledge {
  return createLiveKnowledge(createKnowledge(sources), async (articles) => {
    const changed = createKnowledge({ ...sources, articles, trained: null });
    await changed.learnQuestions();
    return changed;
  });
}
