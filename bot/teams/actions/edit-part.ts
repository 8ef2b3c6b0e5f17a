import { articleFormCard } from '../../../cards/index.ts';
import { idOf, type TopicId } from '../../../services/domain/ids.ts';
import type { DraftPart } from '../../../services/editing/index.ts';
import { formView } from '../../present/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import { type ActionAnswer, outdatedAnswer, plainAnswer } from './action.ts';
import { forKnowledgeKeepers } from './for-knowledge-keepers.ts';

export function editPart(
  asker: Asker,
  { topic, part }: { readonly topic: string; readonly part: DraftPart },
  services: BotServices,
): Promise<ActionAnswer> {
  return forKnowledgeKeepers(asker, services, async () => {
    const checked = await services.editing.draft(idOf<TopicId>(topic), asker.person.id);
    if (checked === null) return outdatedAnswer(asker);
    return plainAnswer(articleFormCard(formView(checked, part, asker.t), asker.t));
  });
}
