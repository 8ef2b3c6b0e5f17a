import type { Article } from '../domain/article.ts';
import type { ArticleRevision } from '../domain/article-revision.ts';
import type { TopicId } from '../domain/ids.ts';
import { checkArticle } from '../knowledge/index.ts';
import type { Problem } from '../observability/index.ts';

export function latestOf(revisions: readonly ArticleRevision[]): ArticleRevision | null {
  let latest: ArticleRevision | null = null;
  for (const revision of revisions) {
    if (latest === null || revision.revision > latest.revision) latest = revision;
  }
  return latest;
}

/** The newest revision of each topic, but for those that went back to the release. */
export function inForce(revisions: readonly ArticleRevision[]): readonly ArticleRevision[] {
  const topics = new Set(revisions.map(({ topic }) => topic));
  return [...topics].flatMap((topic) => {
    const latest = latestOf(revisions.filter((revision) => revision.topic === topic));
    return latest === null || latest.source === null ? [] : [latest];
  });
}

/** Puts the revision among the articles, or says why it can't be. One without a source changes nothing. */
export function withRevision(
  articles: Map<TopicId, Article>,
  { topic, source }: Pick<ArticleRevision, 'topic' | 'source'>,
): readonly Problem[] {
  if (source === null) return [];
  const checked = checkArticle(topic, source, [...articles.values()]);
  if ('problems' in checked) return checked.problems;
  articles.set(topic, checked.article);
  return [];
}
