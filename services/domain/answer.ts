import type { AlertSlots } from './alert.ts';
import type { CardReference } from './card-reference.ts';
import type { FailureNature } from './failure.ts';
import type { AnswerId, MailboxId, TopicId, UserId } from './ids.ts';
import type { Language } from './language.ts';
import type { Direction } from './mailbox.ts';
import type { Instant } from './time.ts';

export const VOTES = ['solved', 'not-solved'] as const;
export type Vote = (typeof VOTES)[number];

/**
 * An article that was given as the answer to somebody: what a follow-up question is about, and what
 * may be voted on. The person's own words are not kept.
 */
export interface Answer {
  readonly id: AnswerId;
  readonly topic: TopicId;
  readonly conversationId: string;
  readonly askedBy: UserId;
  readonly askedAt: Instant;
  /** How the article was found: in a pasted alert, for a question, or chosen from a list. */
  readonly foundBy: 'match' | 'answer' | 'choice';
  readonly confidence: number;
  readonly language: Language;
  readonly slots: AlertSlots;
  readonly direction: Direction | 'both' | null;
  readonly code: string | null;
  readonly nature: FailureNature | null;
  readonly mailboxId: MailboxId | null;
  /** One vote of each person; the latest counts. */
  readonly votes: Readonly<Record<string, Vote>>;
}

/** The card that gives the answer. */
export function referenceTo(answer: Omit<Answer, 'votes' | 'askedAt'>): CardReference {
  const { topic, slots, direction, code, nature, mailboxId } = answer;
  return { card: 'alert', topic, slots, direction, code, nature, mailboxId, answerId: answer.id };
}
