export { createEditing } from './create-editing.ts';
export { type DraftPart, fieldsOf, MOST_STEPS, type PartFields } from './draft-parts.ts';
export type { CheckedDraft, Editing } from './editing.ts';
export { publishedArticles } from './published-articles.ts';
