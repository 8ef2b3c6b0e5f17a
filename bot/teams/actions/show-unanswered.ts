import { unansweredCard } from '../../../cards/index.ts';
import { idOf, type UnansweredId } from '../../../services/domain/ids.ts';
import { unansweredView } from '../../present/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import { type ActionAnswer, outdatedAnswer, plainAnswer } from './action.ts';
import { forKnowledgeKeepers } from './for-knowledge-keepers.ts';

export function showUnanswered(
  asker: Asker,
  { unansweredId }: { readonly unansweredId: string },
  services: BotServices,
): Promise<ActionAnswer> {
  return forKnowledgeKeepers(asker, services, async () => {
    const found = await services.unanswered.find(idOf<UnansweredId>(unansweredId));
    if (found === null) return outdatedAnswer(asker);
    return plainAnswer(unansweredCard(unansweredView(services, found, asker.t), asker.t));
  });
}
