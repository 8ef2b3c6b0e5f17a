export { createUnansweredTexts } from './create-unanswered-texts.ts';
export type { UnansweredTexts } from './unanswered-texts.ts';
