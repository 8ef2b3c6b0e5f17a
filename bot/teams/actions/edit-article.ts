import { articleEditorCard } from '../../../cards/index.ts';
import { idOf, type TopicId, type UnansweredId } from '../../../services/domain/ids.ts';
import { isLanguage } from '../../../services/domain/language.ts';
import { editorView } from '../../present/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import { type ActionAnswer, outdatedAnswer, plainAnswer } from './action.ts';
import { forKnowledgeKeepers } from './for-knowledge-keepers.ts';

export interface EditArticle {
  readonly topic?: string | undefined;
  /** The examples of this kind become questions and tests of the article. */
  readonly unansweredId?: string | undefined;
}

/** Begins a draft, or goes on with the one that the person has. Without a topic it is a new article. */
export function editArticle(
  asker: Asker,
  { topic, unansweredId }: EditArticle,
  services: BotServices,
): Promise<ActionAnswer> {
  return forKnowledgeKeepers(asker, services, async () => {
    const { editing, unanswered } = services;
    const kind =
      unansweredId === undefined ? null : await unanswered.find(idOf<UnansweredId>(unansweredId));
    const examples = (kind?.examples ?? []).map(({ text, lang }) => ({
      text,
      language: isLanguage(lang) ? lang : asker.t.language,
    }));
    const author = asker.person.id;
    const draft =
      (topic === undefined ? null : await editing.draft(idOf<TopicId>(topic), author))?.draft ??
      null;
    const begun =
      draft !== null && examples.length === 0
        ? draft
        : await editing.begin({
            author,
            topic: topic === undefined ? null : idOf<TopicId>(topic),
            examples,
          });
    const checked = begun === null ? null : await editing.draft(begun.topic, author);
    if (begun === null || checked === null) return outdatedAnswer(asker);
    if (kind !== null) await unanswered.drafted(kind.id, begun);
    return plainAnswer(articleEditorCard(editorView(checked, asker.t), asker.t));
  });
}
