export { createKnowledge, type KnowledgeSources } from './create-knowledge.ts';
export type { AlertRendering, Knowledge } from './knowledge.ts';
export { type LoadedArticles, loadArticles } from './load-articles.ts';
export { type LoadedKnowledge, loadKnowledge } from './load-knowledge.ts';
export type { Lexicon, OutOfScope } from './questions/lexicon.ts';
