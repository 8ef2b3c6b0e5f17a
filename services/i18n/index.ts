export type { TextKey } from './catalogue.ts';
export { loadTexts } from './load-texts.ts';
export { type Catalogue, createTexts, type Texts } from './texts.ts';
export type { TextValues, Translator } from './translator.ts';
