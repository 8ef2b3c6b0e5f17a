import type { ArticleDraftId, ArticleRevisionId, TopicId, UserId } from './ids.ts';
import type { Instant } from './time.ts';

/** An article as an expert published it from Teams. The newest revision of a topic is the one in force. */
export interface ArticleRevision {
  /** `<topic>:<revision>` */
  readonly id: ArticleRevisionId;
  readonly topic: TopicId;
  /** 1, 2, 3 …; 0 is the file of the release. */
  readonly revision: number;
  readonly change: 'created' | 'edited' | 'rolled-back';
  /** The whole article as YAML, as it would stand in data/knowledge; null: back to the release's file. */
  readonly source: string | null;
  readonly author: UserId;
  readonly publishedAt: Instant;
}

/** What an expert is writing: kept at every step, seen by nobody else, published as a whole. */
export interface ArticleDraft {
  /** `<topic>:<author>` */
  readonly id: ArticleDraftId;
  readonly topic: TopicId;
  readonly author: UserId;
  /** The revision that was in force when the draft was begun. */
  readonly basedOn: number;
  readonly source: string;
  /** Texts that the article must answer before it may be published. */
  readonly examples: readonly string[];
  readonly changedAt: Instant;
}
