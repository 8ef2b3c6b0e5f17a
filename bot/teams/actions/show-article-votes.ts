import { articleVotesCard } from '../../../cards/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import { type ActionAnswer, plainAnswer } from './action.ts';
import { forKnowledgeKeepers } from './for-knowledge-keepers.ts';

const SHOWN = 10;

/** Which articles help, and which fall short. */
export function showArticleVotes(asker: Asker, services: BotServices): Promise<ActionAnswer> {
  return forKnowledgeKeepers(asker, services, async () => {
    const all = (await services.answers.byArticle()).flatMap((votes) => {
      const article = services.knowledge.article(votes.topic);
      return article === null ? [] : [{ ...votes, title: article.title[asker.t.language] }];
    });
    const articles = all.slice(0, SHOWN);
    return plainAnswer(articleVotesCard({ articles, more: all.length - articles.length }, asker.t));
  });
}
