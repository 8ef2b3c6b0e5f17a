export type { TextKey } from './catalogue.ts';
export type { TextValues, Translator } from './translator.ts';
