import { articleEditorCard, articlePreviewCard } from '../../../cards/index.ts';
import { idOf, type TopicId } from '../../../services/domain/ids.ts';
import { articleView, editorView } from '../../present/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import { type ActionAnswer, outdatedAnswer, plainAnswer } from './action.ts';
import { forKnowledgeKeepers } from './for-knowledge-keepers.ts';

/** The draft as everybody would see it. */
export function previewArticle(
  asker: Asker,
  { topic }: { readonly topic: string },
  services: BotServices,
): Promise<ActionAnswer> {
  return forKnowledgeKeepers(asker, services, async () => {
    const checked = await services.editing.draft(idOf<TopicId>(topic), asker.person.id);
    if (checked === null) return outdatedAnswer(asker);
    const { article } = checked;
    if (article === null) {
      return plainAnswer(articleEditorCard(editorView(checked, asker.t), asker.t));
    }
    const view = articleView(services, article, asker.t);
    return plainAnswer(articlePreviewCard(view, topic, asker.t));
  });
}
