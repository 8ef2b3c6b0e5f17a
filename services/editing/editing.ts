import type { Article } from '../domain/article.ts';
import type { ArticleDraft, ArticleRevision } from '../domain/article-revision.ts';
import type { TopicId, UserId } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
import type { Instant } from '../domain/time.ts';
import type { Problem } from '../observability/index.ts';
import type { DraftPart, PartFields } from './draft-parts.ts';

/** What a draft lacks before it may be published, and what it would look like. */
export interface CheckedDraft {
  readonly draft: ArticleDraft;
  /** The article as it would be published; null while there are problems. */
  readonly article: Article | null;
  readonly problems: readonly Problem[];
}

/** A text that people asked, in the language that they asked it in. */
export interface DraftExample {
  readonly text: string;
  readonly language: Language;
}

export interface DraftStart {
  readonly author: UserId;
  /** An article that exists, or null for a new one. */
  readonly topic: TopicId | null;
  /** Texts that the article is to answer; they become its questions and its tests. */
  readonly examples: readonly DraftExample[];
}

export type Published =
  | { readonly kind: 'published'; readonly topic: TopicId; readonly revision: number }
  | { readonly kind: 'invalid'; readonly checked: CheckedDraft }
  /** Somebody published another revision since the draft was begun. */
  | { readonly kind: 'overtaken'; readonly by: UserId; readonly at: Instant }
  /** The articles would answer these texts with something else. */
  | { readonly kind: 'examples-unanswered'; readonly examples: readonly string[] }
  | { readonly kind: 'no-draft' };

export interface RollBack {
  readonly topic: TopicId;
  /** 0 is the release's own article. */
  readonly to: number;
  /** The revision that the person saw in force. */
  readonly from: number;
  readonly author: UserId;
}

export type RolledBack =
  | { readonly kind: 'rolled-back'; readonly revision: number }
  | { readonly kind: 'overtaken' }
  | { readonly kind: 'unknown-revision' };

/** Articles that experts write in Teams: drafts, publishing, history and rollback. Who may is the caller's to ask. */
export interface Editing {
  /** Puts the revisions of earlier runs in force. One that no longer holds is logged and left out. */
  start(): Promise<void>;
  /** The person's draft of the article, begun if there is none. */
  begin(start: DraftStart): Promise<ArticleDraft | null>;
  draft(topic: TopicId, author: UserId): Promise<CheckedDraft | null>;
  /** Kept as it is, valid or not: nothing that was typed is lost. */
  save(
    topic: TopicId,
    author: UserId,
    part: DraftPart,
    fields: PartFields,
  ): Promise<CheckedDraft | null>;
  publish(topic: TopicId, author: UserId): Promise<Published>;
  /** The draft that is no more, if there was one. */
  discard(topic: TopicId, author: UserId): Promise<ArticleDraft | null>;
  /** Newest first; empty for an article that stands as it was released. */
  history(topic: TopicId): Promise<readonly ArticleRevision[]>;
  rollBack(wish: RollBack): Promise<RolledBack>;
}
