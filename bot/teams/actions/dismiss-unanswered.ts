import { idOf, type UnansweredId } from '../../../services/domain/ids.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import type { ActionAnswer } from './action.ts';
import { forKnowledgeKeepers } from './for-knowledge-keepers.ts';
import { listUnanswered } from './list-unanswered.ts';

/** Not ours to answer; the list goes on without it. */
export function dismissUnanswered(
  asker: Asker,
  { unansweredId }: { readonly unansweredId: string },
  services: BotServices,
): Promise<ActionAnswer> {
  return forKnowledgeKeepers(asker, services, async () => {
    await services.unanswered.dismiss(idOf<UnansweredId>(unansweredId), asker.person.id);
    return listUnanswered(asker, services);
  });
}
