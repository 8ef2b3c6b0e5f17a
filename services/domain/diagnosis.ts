import type { AlertSlots } from './alert.ts';
import type { FailureNature } from './failure.ts';
import type { TopicId } from './ids.ts';
import type { Language } from './language.ts';

/** The command line's words for a direction (design.md §3); `receive` is Dynamics' "incoming". */
export type SpokenDirection = 'receive' | 'send' | 'both' | 'act';

export interface TopicMatch {
  readonly topic: TopicId;
  /** A probability between 0 and 1. */
  readonly confidence: number;
  readonly slots: AlertSlots;
  readonly direction: SpokenDirection | null;
  /** Email Server Error Code as the article spells it. */
  readonly code: string | null;
  /** What the tail of the pasted alert says happened; null for questions. */
  readonly nature: FailureNature | null;
}

/** The answer to a text, in the shape of `npm run diagnose -- --jsonl`. */
export interface Diagnosis {
  readonly outcome: 'match' | 'answer' | 'ambiguous' | 'none';
  readonly lang: Language | null;
  readonly matches: readonly TopicMatch[];
  /** With `none`: the topic that the text is close to without being it. */
  readonly near: TopicId | null;
  /** The text was over 100 KB: only its head and tail were read. */
  readonly partlyRead: boolean;
}
