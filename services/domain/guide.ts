import type { AlertSlots } from './alert.ts';
import type { GuideId, MailboxId, TestRunId, TopicId, UserId } from './ids.ts';
import type { Direction } from './mailbox.ts';
import type { Instant } from './time.ts';

export const STEP_OUTCOMES = ['done', 'did-not-help'] as const;
export type StepOutcome = (typeof STEP_OUTCOMES)[number];

/** What somebody said of a step; the latest word about a step counts. */
export interface StepMark {
  readonly topic: TopicId;
  /** Place among the article's steps, from 0. */
  readonly step: number;
  readonly outcome: StepOutcome;
  readonly by: UserId;
  readonly at: Instant;
}

/**
 * A repair that is gone through one step at a time, by one person or by everybody in a shared
 * conversation. Whether it helped is not said but tested, where a mailbox is known.
 */
export interface Guide {
  readonly id: GuideId;
  /** The article whose steps are gone through now. */
  readonly topic: TopicId;
  readonly slots: AlertSlots;
  readonly direction: Direction | 'both' | null;
  readonly mailboxId: MailboxId | null;
  /** Nobody elsewhere may go on with it. */
  readonly conversationId: string;
  readonly startedBy: UserId;
  readonly startedAt: Instant;
  /** The step that is shown; null when all have been gone through. */
  readonly step: number | null;
  readonly marks: readonly StepMark[];
  /** Articles that were gone through before this one. */
  readonly tried: readonly TopicId[];
  /** The latest test of the mailbox since the steps of this article were begun. */
  readonly testRunId: TestRunId | null;
  /** Somebody said that it works again; only where no mailbox is known that could be tested. */
  readonly solved: { readonly by: UserId; readonly at: Instant } | null;
}

/** What was last said of each step of the article that is gone through now. */
export function marksNow({ marks, topic }: Pick<Guide, 'marks' | 'topic'>): readonly StepMark[] {
  const latest = new Map<number, StepMark>();
  for (const mark of marks) if (mark.topic === topic) latest.set(mark.step, mark);
  return [...latest.values()].sort((a, b) => a.step - b.step);
}

/** The mark is kept once; pressed again by anybody, who was first stays. */
export function withMark(guide: Guide, mark: StepMark): Guide {
  const known = marksNow(guide).find(({ step }) => step === mark.step);
  if (known?.outcome === mark.outcome) return guide;
  return { ...guide, marks: [...guide.marks, mark] };
}
