import type { Evidence, Stage } from '../domain/failure.ts';
import type { StageResult } from '../domain/test-run.ts';
import type { Redact } from './redact.ts';

/** What happened so far, stage by stage, in the order in which it was seen. */
export interface StageLog {
  readonly current: Stage;
  /** The running stage has passed; this one begins. */
  readonly enter: (stage: Stage) => void;
  readonly note: (label: Evidence['label'], value: string) => void;
  /** A stage that this session has no use for, e.g. `tls` on an unencrypted endpoint. */
  readonly skip: (stage: Stage) => void;
  pass(): void;
  fail(evidence: readonly Evidence[]): StageResult;
  /** The story as it is told; what an abandoned library still does is not part of it. */
  seal(): readonly StageResult[];
}

export function createStageLog(redact: Redact, onStage: (stage: StageResult) => void): StageLog {
  const results: StageResult[] = [];
  let current: Stage = 'resolve';
  let isRunning = false;
  let isSealed = false;
  let startedAt = 0;
  let evidence: Evidence[] = [];

  function end(outcome: StageResult['outcome'], more: readonly Evidence[] = []): StageResult {
    const tookMs = outcome === 'skipped' ? 0 : Math.round(performance.now() - startedAt);
    const result: StageResult = {
      stage: current,
      outcome,
      tookMs,
      evidence: [...evidence, ...more].filter(isFirst),
    };
    results.push(result);
    isRunning = false;
    evidence = [];
    onStage(result);
    return result;
  }
  function begin(stage: Stage): void {
    if (isSealed) return;
    if (isRunning) end('passed');
    current = stage;
    startedAt = performance.now();
    isRunning = true;
  }

  return {
    get current() {
      return current;
    },
    enter: begin,
    note: (label, value) => void evidence.push({ label, value: redact(value) }),
    skip(stage) {
      begin(stage);
      if (!isSealed) end('skipped');
    },
    pass() {
      if (isRunning) end('passed');
    },
    seal() {
      isSealed = true;
      isRunning = false;
      return [...results];
    },
    fail(more) {
      if (!isRunning) begin(current);
      return end(
        'failed',
        more.map(({ label, value }) => ({ label, value: redact(value) })),
      );
    },
  };
}

function isFirst({ label, value }: Evidence, index: number, all: readonly Evidence[]): boolean {
  return all.findIndex((other) => other.label === label && other.value === value) === index;
}
