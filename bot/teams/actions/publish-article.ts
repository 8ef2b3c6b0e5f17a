import { articleEditorCard, articleHistoryCard } from '../../../cards/index.ts';
import { idOf, type TopicId } from '../../../services/domain/ids.ts';
import { editorView, historyView } from '../../present/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import { type ActionAnswer, outdatedAnswer, plainAnswer } from './action.ts';
import { forKnowledgeKeepers } from './for-knowledge-keepers.ts';

/** Puts the draft in force for everybody, or says why it can't be yet. */
export function publishArticle(
  asker: Asker,
  { topic }: { readonly topic: string },
  services: BotServices,
): Promise<ActionAnswer> {
  return forKnowledgeKeepers(asker, services, async () => {
    const { editing } = services;
    const id = idOf<TopicId>(topic);
    const author = asker.person.id;
    const published = await editing.publish(id, author);
    if (published.kind === 'published') {
      const view = await historyView(services, editing, published.topic, asker.t, 'published');
      return plainAnswer(articleHistoryCard(view, asker.t));
    }
    const checked = await editing.draft(id, author);
    // Published already, by the press before this one.
    if (checked === null) return outdatedAnswer(asker);
    const news = published.kind === 'overtaken' || published.kind === 'examples-unanswered';
    const examples = published.kind === 'examples-unanswered' ? published.examples : undefined;
    const view = editorView(checked, asker.t, news ? published.kind : null, examples);
    return plainAnswer(articleEditorCard(view, asker.t));
  });
}
