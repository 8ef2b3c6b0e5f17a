import type { Answer, Vote } from '../domain/answer.ts';
import type { AnswerId, UserId } from '../domain/ids.ts';
import type { ArticleVotes } from './weak-articles.ts';

export type GivenAnswer = Omit<Answer, 'id' | 'askedAt' | 'votes'>;

export interface VoteWish {
  readonly answerId: AnswerId;
  readonly vote: Vote;
  /** Who voted and where the card stood that they voted on, from the verified activity. */
  readonly voter: UserId;
  readonly conversationId: string;
}

/** Which articles were given as answers, and whether they helped. */
export interface Answers {
  /** Null when it could not be kept: the answer is given all the same, and cannot be voted on. */
  give(answer: GivenAnswer): Promise<AnswerId | null>;
  /** A person's latest vote replaces the earlier one. Nobody votes on what another conversation was told. */
  vote(wish: VoteWish): Promise<'counted' | 'unknown-answer'>;
  /** What this person was last told in this conversation, if it is recent enough to be spoken of. */
  spokenOf(conversationId: string, askedBy: UserId): Promise<Answer | null>;
  /** Every article that was given, the surely weakest first. */
  byArticle(): Promise<readonly ArticleVotes[]>;
}
