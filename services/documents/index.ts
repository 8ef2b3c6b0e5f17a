export { type DocumentText, readDocument, type SentDocument } from './read-document.ts';
