import { idOf, type TopicId } from '../../../services/domain/ids.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import type { ActionAnswer } from './action.ts';
import { articleHistory } from './article-history.ts';
import { forKnowledgeKeepers } from './for-knowledge-keepers.ts';

/** Only the person's own draft; what is published stays. */
export function discardDraft(
  asker: Asker,
  { topic }: { readonly topic: string },
  services: BotServices,
): Promise<ActionAnswer> {
  return forKnowledgeKeepers(asker, services, async () => {
    const draft = await services.editing.discard(idOf<TopicId>(topic), asker.person.id);
    if (draft !== null) await services.unanswered.abandoned(draft);
    return articleHistory(asker, { topic }, services);
  });
}
