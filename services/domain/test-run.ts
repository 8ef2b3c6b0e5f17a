import type { Evidence, Failure, Stage } from './failure.ts';
import type { AlertId, MailboxId, TestRunId, UserId } from './ids.ts';
import type { Direction } from './mailbox.ts';
import type { Protocol } from './profile.ts';
import type { Instant } from './time.ts';

/** One step of a session as it was seen; a failed stage is always the last one. */
export interface StageResult {
  readonly stage: Stage;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly tookMs: number;
  readonly evidence: readonly Evidence[];
}

export type SkipReason =
  | 'not-synchronized-by-server'
  | 'not-supported-by-server-type'
  | 'approval-missing'
  | 'profile-missing'
  | 'mailbox-inactive';

/** Result of one direction. An engine without stages (Dataverse) leaves `stages` empty. */
export type DirectionResult =
  | { readonly outcome: 'waiting' }
  | {
      readonly outcome: 'running';
      readonly protocol: Protocol | null;
      readonly stages: readonly StageResult[];
    }
  | {
      readonly outcome: 'passed';
      readonly protocol: Protocol | null;
      readonly stages: readonly StageResult[];
    }
  | {
      readonly outcome: 'failed';
      readonly protocol: Protocol | null;
      readonly stages: readonly StageResult[];
      readonly failure: Failure | null;
    }
  /** Over before its end; what it did not get to is not known. */
  | {
      readonly outcome: 'interrupted';
      /**
       * The service was stopped or restarted, the test itself broke, or the system of record that
       * carries it out has not finished within its time.
       */
      readonly by: 'restart' | 'fault' | 'not-finished';
      readonly protocol: Protocol | null;
      readonly stages: readonly StageResult[];
    }
  | { readonly outcome: 'skipped'; readonly because: SkipReason };

export interface TestRun {
  readonly id: TestRunId;
  readonly mailboxId: MailboxId;
  readonly requestedBy: UserId;
  readonly state: 'queued' | 'running' | 'done';
  readonly startedAt: Instant;
  readonly finishedAt: Instant | null;
  readonly results: Readonly<Record<Direction, DirectionResult>>;
  /** Alerts that the engine raised on this mailbox since the start. */
  readonly raisedAlerts: readonly AlertId[];
  /** Pending Send messages that enabling the outgoing direction let go. */
  readonly releasedMessages: number;
}

export function passed(run: TestRun): boolean {
  const results = Object.values(run.results);
  return (
    run.state === 'done' &&
    results.some((result) => result.outcome === 'passed') &&
    results.every((result) => result.outcome === 'passed' || result.outcome === 'skipped')
  );
}
