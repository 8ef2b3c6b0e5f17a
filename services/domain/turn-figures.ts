import type { ProcessedTurn } from './processed-turn.ts';
import { epochMsOf } from './time.ts';

/** What turns amount to together; enough to add up, and to divide afterwards. */
export interface TurnSums {
  readonly turns: number;
  readonly failed: number;
  readonly itemsProcessed: number;
  readonly itemsFailed: number;
  /** From start to end, of all turns together. */
  readonly processingMs: number;
  readonly longestProcessingMs: number;
  /** From when they were due to their start (Dataverse `scheduledtimeintervalinminutes`). */
  readonly queueMs: number;
  readonly longestQueueMs: number;
}

export const NO_TURNS: TurnSums = {
  turns: 0,
  failed: 0,
  itemsProcessed: 0,
  itemsFailed: 0,
  processingMs: 0,
  longestProcessingMs: 0,
  queueMs: 0,
  longestQueueMs: 0,
};

/** Of a mailbox's last turns (Dataverse `averagetotalduration`, `lastduration`, `processresult`). */
export interface TurnFigures {
  readonly sums: TurnSums;
  readonly averageProcessingMs: number;
  readonly averageQueueMs: number;
  readonly last: ProcessedTurn;
}

export function processingMsOf({ startedAt, completedAt }: ProcessedTurn): number {
  return Math.max(0, epochMsOf(completedAt) - epochMsOf(startedAt));
}

export function queueMsOf({ scheduledAt, startedAt }: ProcessedTurn): number {
  return Math.max(0, epochMsOf(startedAt) - epochMsOf(scheduledAt));
}

export function withTurn(sums: TurnSums, turn: ProcessedTurn): TurnSums {
  const processingMs = processingMsOf(turn);
  const queueMs = queueMsOf(turn);
  return {
    turns: sums.turns + 1,
    failed: sums.failed + (turn.outcome === 'failed' ? 1 : 0),
    itemsProcessed: sums.itemsProcessed + turn.itemsProcessed,
    itemsFailed: sums.itemsFailed + turn.itemsFailed,
    processingMs: sums.processingMs + processingMs,
    longestProcessingMs: Math.max(sums.longestProcessingMs, processingMs),
    queueMs: sums.queueMs + queueMs,
    longestQueueMs: Math.max(sums.longestQueueMs, queueMs),
  };
}

export function together(one: TurnSums, other: TurnSums): TurnSums {
  return {
    turns: one.turns + other.turns,
    failed: one.failed + other.failed,
    itemsProcessed: one.itemsProcessed + other.itemsProcessed,
    itemsFailed: one.itemsFailed + other.itemsFailed,
    processingMs: one.processingMs + other.processingMs,
    longestProcessingMs: Math.max(one.longestProcessingMs, other.longestProcessingMs),
    queueMs: one.queueMs + other.queueMs,
    longestQueueMs: Math.max(one.longestQueueMs, other.longestQueueMs),
  };
}

/** Null where there was no turn. */
export function figuresOf(turns: readonly ProcessedTurn[]): TurnFigures | null {
  const [first, ...others] = turns;
  if (first === undefined) return null;
  const last = others.reduce(
    (latest, turn) => (turn.completedAt > latest.completedAt ? turn : latest),
    first,
  );
  const sums = turns.reduce(withTurn, NO_TURNS);
  return {
    sums,
    averageProcessingMs: Math.round(sums.processingMs / sums.turns),
    averageQueueMs: Math.round(sums.queueMs / sums.turns),
    last,
  };
}
