export { createEditing } from './create-editing.ts';
export {
  DRAFT_PARTS,
  type DraftPart,
  fieldsOf,
  MOST_STEPS,
  type PartFields,
  TEXT_FIELDS,
} from './draft-parts.ts';
export type { CheckedDraft, Editing } from './editing.ts';
export { publishedArticles } from './published-articles.ts';
