import type { ArticleDraft } from '../domain/article-revision.ts';
import type { TopicId, UnansweredId, UserId } from '../domain/ids.ts';
import type { Unanswered } from '../domain/unanswered.ts';

export interface UnansweredText {
  readonly text: string;
  readonly lang: string | null;
  /** What it was close to. */
  readonly near: TopicId | null;
}

/** What nobody has written an article for yet, redacted and gathered by likeness. */
export interface UnansweredTexts {
  /** Never fails: that a text could not be kept is no reason not to answer. */
  keep(asked: UnansweredText): Promise<void>;
  /** Most often asked first. */
  open(): Promise<readonly Unanswered[]>;
  find(id: UnansweredId): Promise<Unanswered | null>;
  /** Not ours to answer. Texts like it are counted on, and listed no more. */
  dismiss(id: UnansweredId, by: UserId): Promise<'dismissed' | 'gone'>;
  /** An article is being written for it. */
  drafted(id: UnansweredId, draft: Pick<ArticleDraft, 'topic'>): Promise<void>;
  /** The draft was thrown away: what it was written for is unanswered again. */
  abandoned(draft: Pick<ArticleDraft, 'topic' | 'examples'>): Promise<void>;
}
