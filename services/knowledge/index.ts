export { articleSource } from './article-source.ts';
export { type BuildResult, buildKnowledge } from './build-knowledge.ts';
export { checkArticle } from './check-article.ts';
export type { Catalogue } from './create-knowledge.ts';
export type { AlertRendering, Knowledge } from './knowledge.ts';
export { createLiveKnowledge, type LiveKnowledge } from './live-knowledge.ts';
export { loadArticles } from './load-articles.ts';
export { loadKnowledge } from './load-knowledge.ts';
export type { FollowUp, FollowUpAspect } from './questions/follow-up.ts';
