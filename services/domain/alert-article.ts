import type { Article } from './article.ts';

/** All that an engine needs to know of an article. */
export type AlertArticle = Pick<Article, 'id' | 'kind' | 'raisedFor'>;

/** The same of one that is an alert and is raised for something, as a bot tells it to its engine. */
export type AlertDefinition = Pick<Article, 'id' | 'raisedFor'>;

/** Articles of other kinds have no wording and are never raised. */
export function alertDefinitions(articles: readonly Article[]): readonly AlertDefinition[] {
  return articles
    .filter(({ kind, raisedFor }) => kind === 'alert' && raisedFor.length > 0)
    .map(({ id, raisedFor }) => ({ id, raisedFor }));
}
