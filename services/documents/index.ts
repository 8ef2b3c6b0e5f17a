export type { DocumentText } from './read-document.ts';
