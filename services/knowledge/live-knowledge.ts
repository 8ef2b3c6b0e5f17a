import type { Article } from '../domain/article.ts';
import type { TopicId } from '../domain/ids.ts';
import type { Knowledge } from './knowledge.ts';

export type BuildKnowledge = (articles: ReadonlyMap<TopicId, Article>) => Promise<Knowledge>;

/** Knowledge whose articles may change while the program runs. */
export interface LiveKnowledge extends Knowledge {
  /** Compiled beside the knowledge in force, so that it can be tried before it is put in its place. */
  build: BuildKnowledge;
  /** From now on everybody is answered from these articles. */
  replace(knowledge: Knowledge): void;
}

export function createLiveKnowledge(first: Knowledge, build: BuildKnowledge): LiveKnowledge {
  let inForce = first;
  return {
    build,
    replace(knowledge) {
      inForce = knowledge;
    },
    articles: () => inForce.articles(),
    article: (topic) => inForce.article(topic),
    diagnose: (text) => inForce.diagnose(text),
    diagnoseNow: (text) => inForce.diagnoseNow(text),
    learnQuestions: () => inForce.learnQuestions(),
    followUp: (text) => inForce.followUp(text),
    renderAlert: (rendering) => inForce.renderAlert(rendering),
  };
}
