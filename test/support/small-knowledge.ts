import { idOf, type TopicId } from '../../services/domain/ids.ts';
import { createKnowledge } from '../../services/knowledge/create-knowledge.ts';
import {
  createLiveKnowledge,
  type LiveKnowledge,
  loadArticles,
} from '../../services/knowledge/index.ts';
import { loadQuestionData } from '../../services/knowledge/questions/question-data.ts';

/** A few of the shipped articles: learning the questions of all of them takes seconds each time. */
export async function smallKnowledge(ids: readonly string[]): Promise<LiveKnowledge> {
  const [articles, questions] = await Promise.all([
    loadArticles('data/knowledge'),
    loadQuestionData('data/questions'),
  ]);
  if (articles.kind === 'invalid' || questions.kind === 'invalid') {
    throw new Error('the shipped articles are invalid');
  }
  const { data } = questions;
  const few = data.outOfScope;
  const small = {
    ...data,
    outOfScope: { sv: few.sv.slice(0, 40), en: few.en.slice(0, 40) },
  };
  const chosen = new Map(
    ids.flatMap((id) => {
      const article = articles.articles.get(idOf<TopicId>(id));
      return article === undefined ? [] : [[article.id, { ...article, related: [] }] as const];
    }),
  );
  const build: LiveKnowledge['build'] = async (changed) => {
    const knowledge = createKnowledge({ articles: changed, questions: small });
    await knowledge.learnQuestions();
    return knowledge;
  };
  return createLiveKnowledge(await build(chosen), build);
}
