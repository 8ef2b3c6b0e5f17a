import type { ArticleEditorView, ArticleFormView, ArticleHistoryView } from '../../cards/index.ts';
import type { TopicId } from '../../services/domain/ids.ts';
import { LANGUAGES } from '../../services/domain/language.ts';
import {
  type CheckedDraft,
  type DraftPart,
  type Editing,
  fieldsOf,
  MOST_STEPS,
} from '../../services/editing/index.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { nameOf, type World } from './world.ts';

export function editorView(
  { draft, article, problems }: CheckedDraft,
  t: Translator,
  news: ArticleEditorView['news'] = null,
  examples: readonly string[] = draft.examples,
): ArticleEditorView {
  return {
    topic: draft.topic,
    title: article?.title[t.language] ?? titleIn(draft.source, t) ?? draft.topic,
    news,
    problems,
    examples,
    broken: fieldsOf(draft.source, 'texts')['title.sv'] === undefined,
  };
}

export function formView(checked: CheckedDraft, part: DraftPart, t: Translator): ArticleFormView {
  const { topic, title } = editorView(checked, t);
  const known = fieldsOf(checked.draft.source, part);
  const fields = Object.entries(known).map(([name, value]) => ({ name, value }));
  return {
    topic,
    title,
    part,
    fields: part === 'steps' ? [...fields, ...newStep(fields)] : fields,
  };
}

/** An empty step below the others, while there is room for one. */
function newStep(fields: readonly unknown[]): ArticleFormView['fields'] {
  const steps = fields.length / LANGUAGES.length;
  if (steps >= MOST_STEPS) return [];
  return LANGUAGES.map((lang) => ({ name: `step.${steps}.${lang}`, value: '' }));
}

const SHOWN = 8;

export async function historyView(
  world: World,
  editing: Editing,
  topic: TopicId,
  t: Translator,
  news: ArticleHistoryView['news'] = null,
): Promise<ArticleHistoryView> {
  const all = await editing.history(topic);
  const revisions = await Promise.all(
    all.slice(0, SHOWN).map(async ({ revision, change, author, publishedAt }) => ({
      revision,
      change,
      publishedAt,
      authorName: (await nameOf(world, author)) ?? t('card.somebody'),
    })),
  );
  return {
    topic,
    title: world.knowledge.article(topic)?.title[t.language] ?? topic,
    current: all[0]?.revision ?? 0,
    revisions,
    // The first revision of an article that the release has is an edit of it.
    released: all.at(-1)?.change !== 'created',
    news,
    more: all.length - revisions.length,
  };
}

function titleIn(source: string, t: Translator): string | null {
  const title = fieldsOf(source, 'texts')[`title.${t.language}`] ?? '';
  return title === '' ? null : title;
}
