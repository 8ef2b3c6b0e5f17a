export type { Catalogue } from './create-knowledge.ts';
export type { AlertRendering, Knowledge } from './knowledge.ts';
export { loadArticles } from './load-articles.ts';
export { loadKnowledge } from './load-knowledge.ts';
