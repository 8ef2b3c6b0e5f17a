import type { Article } from '../domain/article.ts';
import type { ArticleRevision } from '../domain/article-revision.ts';
import type { TopicId } from '../domain/ids.ts';
import { checkArticle, parseArticleSource } from '../knowledge/index.ts';
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

export interface RevisedArticles {
  readonly articles: ReadonlyMap<TopicId, Article>;
  readonly invalid: readonly ArticleRevision[];
}

/**
 * The released articles with these revisions among them. One may name, or leave a wording to, another
 * that was published before or after it: each is held against all of them, and not against those that
 * happen to be read first.
 */
export function revisedArticles(
  released: ReadonlyMap<TopicId, Article>,
  revisions: readonly ArticleRevision[],
): RevisedArticles {
  const articles = new Map(released);
  for (const { topic, source } of revisions) {
    const parsed = source === null ? null : parseArticleSource(`${topic}.yaml`, source);
    if (parsed !== null && 'article' in parsed) articles.set(topic, parsed.article);
  }
  const invalid: ArticleRevision[] = [];
  // Without one that does not hold, another may not hold either.
  for (let left = revisions; ; ) {
    const wrong = left.find((revision) => withRevision(articles, revision).length > 0);
    if (wrong === undefined) return { articles, invalid };
    invalid.push(wrong);
    left = left.filter((revision) => revision !== wrong);
    const original = released.get(wrong.topic);
    if (original === undefined) articles.delete(wrong.topic);
    else articles.set(wrong.topic, original);
  }
}
