import { articleHistoryCard } from '../../../cards/index.ts';
import { idOf, type TopicId } from '../../../services/domain/ids.ts';
import { historyView } from '../../present/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import { type ActionAnswer, outdatedAnswer, plainAnswer } from './action.ts';
import { forKnowledgeKeepers } from './for-knowledge-keepers.ts';

/** Who published what of an article. */
export function articleHistory(
  asker: Asker,
  { topic }: { readonly topic: string },
  services: BotServices,
): Promise<ActionAnswer> {
  return forKnowledgeKeepers(asker, services, async () => {
    const id = idOf<TopicId>(topic);
    // A new article that is still a draft, or was discarded, has none.
    if (services.knowledge.article(id) === null) return outdatedAnswer(asker);
    const view = await historyView(services, services.editing, id, asker.t);
    return plainAnswer(articleHistoryCard(view, asker.t));
  });
}
