import type { Guide, StepOutcome } from '../domain/guide.ts';
import type { GuideId, MailboxId, TestRunId, TopicId, UserId } from '../domain/ids.ts';

export type GuideStart = Pick<
  Guide,
  'topic' | 'slots' | 'direction' | 'mailboxId' | 'conversationId' | 'startedBy' | 'step'
>;

/** Who does something to a guide, and where: only the conversation that it was begun in goes on with it. */
export interface GuidePress {
  readonly guideId: GuideId;
  readonly conversationId: string;
  readonly by: UserId;
}

export interface StepPress extends GuidePress {
  /** The step that stood on the card; the guide may be elsewhere by now. */
  readonly step: number;
  readonly outcome: StepOutcome;
  /** The step to show after it; null when it was the last one. */
  readonly next: number | null;
}

/** Null: there is no such guide in this conversation (any more). */
export type GuideAnswer = Guide | null;

/** Repairs that are gone through step by step. Everything is kept, and survives a restart. */
export interface Guides {
  start(wish: GuideStart): Promise<Guide>;
  /**
   * Keeps what somebody said of a step. The guide goes on only from the step that it shows: whoever
   * presses on an old card says something about that step, and moves nobody.
   */
  mark(press: StepPress): Promise<GuideAnswer>;
  /** Shows another step, if the guide is still where the card was. */
  turn(
    press: GuidePress & { readonly from: number | null; readonly to: number | null },
  ): Promise<GuideAnswer>;
  /** The next likely cause: its article's steps, what was tried stays known. */
  continueWith(
    press: GuidePress & {
      /** The article that stood on the card. */
      readonly from: TopicId;
      readonly topic: TopicId;
      readonly step: number | null;
    },
  ): Promise<GuideAnswer>;
  /** After a test that failed: to the steps again, the next test decides. */
  resume(press: GuidePress): Promise<GuideAnswer>;
  /** Refused where a mailbox is known: that one is tested. */
  solve(press: GuidePress): Promise<GuideAnswer>;
  /** A test of the mailbox has started, from whichever card: its open guides wait for it. */
  testStarted(mailboxId: MailboxId, testRunId: TestRunId): Promise<void>;
}
