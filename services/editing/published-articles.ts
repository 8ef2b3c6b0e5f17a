import type { ArticleRevision } from '../domain/article-revision.ts';
import type { Store } from '../store/index.ts';
import { inForce } from './revisions.ts';

/** What experts published and is in force, as files of data/knowledge would hold it. */
export async function publishedArticles(
  store: Pick<Store, 'find'>,
): Promise<
  readonly { readonly file: string; readonly source: string; readonly revision: number }[]
> {
  const revisions: readonly ArticleRevision[] = inForce(await store.find('articleRevisions'));
  return revisions.flatMap(({ topic, source, revision }) =>
    source === null ? [] : [{ file: `${topic}.yaml`, source, revision }],
  );
}
