import type { Article } from '../domain/article.ts';
import type { ArticleDraft, ArticleRevision } from '../domain/article-revision.ts';
import {
  type ArticleDraftId,
  type ArticleRevisionId,
  idOf,
  type TopicId,
  type UserId,
} from '../domain/ids.ts';
import { instantOf } from '../domain/time.ts';
import { articleSource, checkArticle, type LiveKnowledge } from '../knowledge/index.ts';
import type { Log } from '../observability/index.ts';
import type { Clock } from '../scheduler/index.ts';
import type { Store, Transaction } from '../store/index.ts';
import { withFields, withQuestions } from './draft-parts.ts';
import type { CheckedDraft, Editing, Published } from './editing.ts';
import { newArticleSource } from './new-article.ts';
import { inForce, latestOf, revisedArticles, withRevision } from './revisions.ts';
import { unansweredExamples } from './unanswered-examples.ts';

export interface EditingOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly knowledge: LiveKnowledge;
}

const NAMED = /^id: *([a-z0-9]+(?:-[a-z0-9]+)*) *$/mu;

export function createEditing({ store, clock, log, knowledge }: EditingOptions): Editing {
  /** The articles as they were released: what revision 0 means. */
  const released = new Map(knowledge.articles().map((article) => [article.id, article]));
  /** One publication after the other: each is tried among the articles that the one before left. */
  let publishing: Promise<unknown> = Promise.resolve();

  const draftId = (topic: TopicId, author: UserId) => idOf<ArticleDraftId>(`${topic}:${author}`);
  const byTopic = (articles: readonly Article[]): Map<TopicId, Article> =>
    new Map(articles.map((article) => [article.id, article]));

  function checked(draft: ArticleDraft): CheckedDraft {
    const result = checkArticle(topicOf(draft), draft.source, knowledge.articles());
    if ('problems' in result) return { draft, article: null, problems: result.problems };
    return { draft, article: result.article, problems: [] };
  }

  /** An article that is new bears the id that its author gave it in the source. */
  function topicOf({ topic, source }: ArticleDraft): TopicId {
    if (knowledge.article(topic) !== null) return topic;
    const named = NAMED.exec(source)?.[1];
    const free = named !== undefined && knowledge.article(idOf<TopicId>(named)) === null;
    return free ? idOf<TopicId>(named) : topic;
  }

  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = publishing.then(work, work);
    publishing = result.catch(() => undefined);
    return result;
  }

  async function record(
    transaction: Transaction,
    revision: Omit<ArticleRevision, 'id' | 'publishedAt'>,
    action: 'publish-article' | 'roll-back-article',
  ): Promise<void> {
    const { topic, revision: number, author } = revision;
    const at = instantOf(clock.now());
    const id = idOf<ArticleRevisionId>(`${topic}:${number}`);
    await transaction.put('articleRevisions', { ...revision, id, publishedAt: at });
    const detail = `${revision.change}, revision ${number}`;
    await transaction.audit({ at, actor: author, action, subject: topic, outcome: 'done', detail });
  }

  async function publishDraft(draft: ArticleDraft): Promise<Published> {
    const topic = topicOf(draft);
    const latest = latestOf(await store.find('articleRevisions', { topic }));
    // An id that the author chose may have a history of its own, which goes on.
    if (topic === draft.topic && latest !== null && latest.revision !== draft.basedOn) {
      return { kind: 'overtaken', by: latest.author, at: latest.publishedAt };
    }
    const result = checked(draft);
    const { article } = result;
    if (article === null) return { kind: 'invalid', checked: result };
    const articles = byTopic(knowledge.articles()).set(topic, article);
    const next = await knowledge.build(articles);
    const examples = await unansweredExamples(next, topic, draft.examples);
    if (examples.length > 0) return { kind: 'examples-unanswered', examples };
    const revision = (latest?.revision ?? 0) + 1;
    const { author, source } = draft;
    const change = released.has(topic) || revision > 1 ? 'edited' : 'created';
    await store.transact(async (transaction) => {
      await record(transaction, { topic, revision, change, source, author }, 'publish-article');
      const current = await transaction.get('articleDrafts', draft.id);
      await transaction.remove('articleDrafts', draft.id);
      if (current === undefined || current.source === source) return;
      // Building takes seconds: what its author typed meanwhile is a draft of the next revision.
      const id = draftId(topic, author);
      await transaction.put('articleDrafts', { ...current, id, topic, basedOn: revision });
    });
    knowledge.replace(next);
    return { kind: 'published', topic, revision };
  }

  return {
    async start() {
      const revisions = inForce(await store.find('articleRevisions'));
      if (revisions.length === 0) return;
      const { articles, invalid } = revisedArticles(released, revisions);
      for (const { topic, revision } of invalid) {
        log.error('article-revision-invalid', { topic, revision });
      }
      knowledge.replace(await knowledge.build(articles));
    },

    async begin({ author, topic, examples }) {
      const at = instantOf(clock.now());
      const article = topic === null ? null : knowledge.article(topic);
      if (topic !== null && article === null) return null;
      return store.transact(async (transaction) => {
        const id = topic ?? freeTopic(await transaction.find('articleDrafts'), knowledge);
        const known = await transaction.get('articleDrafts', draftId(id, author));
        const latest = latestOf(await transaction.find('articleRevisions', { topic: id }));
        const day = at.slice(0, 10);
        const begun =
          known?.source ??
          (article === null ? newArticleSource({ topic: id, day }) : articleSource(article));
        const draft: ArticleDraft = {
          id: draftId(id, author),
          topic: id,
          author,
          basedOn: known?.basedOn ?? latest?.revision ?? 0,
          source: withQuestions(begun, examples),
          examples: [...new Set([...(known?.examples ?? []), ...examples.map(({ text }) => text)])],
          changedAt: at,
        };
        await transaction.put('articleDrafts', draft);
        return draft;
      });
    },

    async draft(topic, author) {
      const draft = await store.get('articleDrafts', draftId(topic, author));
      return draft === undefined ? null : checked(draft);
    },

    async save(topic, author, part, fields) {
      const saved = await store.transact(async (transaction) => {
        const draft = await transaction.get('articleDrafts', draftId(topic, author));
        if (draft === undefined) return null;
        const source = withFields(draft.source, part, fields);
        const changed = { ...draft, source, changedAt: instantOf(clock.now()) };
        await transaction.put('articleDrafts', changed);
        return changed;
      });
      return saved === null ? null : checked(saved);
    },

    publish: (topic, author) =>
      inTurn(async () => {
        const draft = await store.get('articleDrafts', draftId(topic, author));
        return draft === undefined ? { kind: 'no-draft' } : publishDraft(draft);
      }),

    discard(topic, author) {
      return store.transact(async (transaction) => {
        const id = draftId(topic, author);
        const draft = await transaction.get('articleDrafts', id);
        await transaction.remove('articleDrafts', id);
        return draft ?? null;
      });
    },

    async history(topic) {
      const revisions = await store.find('articleRevisions', { topic });
      return [...revisions].sort((a, b) => b.revision - a.revision);
    },

    rollBack: ({ topic, to, from, author }) =>
      inTurn(async () => {
        const revisions = await store.find('articleRevisions', { topic });
        const latest = latestOf(revisions);
        if ((latest?.revision ?? 0) !== from) return { kind: 'overtaken' };
        const target = revisions.find(({ revision }) => revision === to);
        if (to >= from || (target === undefined && !(to === 0 && released.has(topic)))) {
          return { kind: 'unknown-revision' };
        }
        const source = target?.source ?? null;
        const articles = byTopic(knowledge.articles());
        const original = released.get(topic);
        if (source === null && original === undefined) return { kind: 'unknown-revision' };
        const restored = source ?? (original && articleSource(original)) ?? null;
        const revision = {
          topic,
          revision: from + 1,
          change: 'rolled-back',
          source,
          author,
        } as const;
        // What was valid once may have been overtaken by a release, or by another article, since.
        if (withRevision(articles, { topic, source: restored }).length > 0) {
          return { kind: 'unknown-revision' };
        }
        const next = await knowledge.build(articles);
        await store.transact((transaction) => record(transaction, revision, 'roll-back-article'));
        knowledge.replace(next);
        return { kind: 'rolled-back', revision: revision.revision };
      }),
  };
}

/** `article-1`, `article-2` …: the expert gives it a better id with the source. */
function freeTopic(drafts: readonly ArticleDraft[], knowledge: LiveKnowledge): TopicId {
  for (let number = 1; ; number++) {
    const topic = idOf<TopicId>(`article-${number}`);
    const taken = drafts.some((draft) => draft.topic === topic);
    if (!taken && knowledge.article(topic) === null) return topic;
  }
}
