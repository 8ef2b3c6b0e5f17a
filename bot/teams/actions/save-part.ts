import { articleEditorCard } from '../../../cards/index.ts';
import { idOf, type TopicId } from '../../../services/domain/ids.ts';
import type { DraftPart, PartFields } from '../../../services/editing/index.ts';
import { editorView } from '../../present/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import { type ActionAnswer, outdatedAnswer, plainAnswer } from './action.ts';
import { forKnowledgeKeepers } from './for-knowledge-keepers.ts';

export interface SavePart {
  readonly topic: string;
  readonly part: DraftPart;
  readonly fields: PartFields;
}

/** Keeps what was typed, whatever it is, and says what is still missing. */
export function savePart(
  asker: Asker,
  { topic, part, fields }: SavePart,
  { editing, ...services }: BotServices,
): Promise<ActionAnswer> {
  return forKnowledgeKeepers(asker, services, async () => {
    const saved = await editing.save(idOf<TopicId>(topic), asker.person.id, part, fields);
    if (saved === null) return outdatedAnswer(asker);
    return plainAnswer(articleEditorCard(editorView(saved, asker.t, 'saved'), asker.t));
  });
}
