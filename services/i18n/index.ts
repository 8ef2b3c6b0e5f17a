export { LOCALE_FILES, type TextKey } from './catalogue.ts';
export { type LoadTextsAnswer, loadTexts } from './load-texts.ts';
export { type Catalogue, createTexts, type Texts } from './texts.ts';
export type { TextValues, Translator } from './translator.ts';
