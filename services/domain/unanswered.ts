import type { TopicId, UnansweredId } from './ids.ts';
import type { Instant } from './time.ts';

export interface UnansweredExample {
  /** Redacted: names, addresses, ids and numbers are replaced before anything is kept. */
  readonly text: string;
  readonly lang: string | null;
  readonly at: Instant;
}

/** Texts that nothing documented answered, so alike that one article would answer them all. */
export interface Unanswered {
  readonly id: UnansweredId;
  /** The newest few that differ from each other, oldest first. */
  readonly examples: readonly UnansweredExample[];
  /** How often something like them was asked, examples that were not kept included. */
  readonly count: number;
  /** What the newest of them was close to. */
  readonly near: TopicId | null;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly state: 'open' | 'drafted' | 'dismissed';
  /** The article that was drafted from it. */
  readonly topic: TopicId | null;
}
