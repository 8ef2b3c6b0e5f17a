import { showArticleVotes } from '../actions/show-article-votes.ts';
import type { BotServices } from '../bot-services.ts';
import { replyWith } from '../reply-with.ts';
import type { Turn } from '../turn.ts';

export async function articleVotes(turn: Turn, services: BotServices): Promise<void> {
  await replyWith(turn, await showArticleVotes(turn, services));
}
