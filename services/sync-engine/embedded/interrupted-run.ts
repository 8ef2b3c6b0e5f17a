import type { DirectionResult, TestRun } from '../../domain/test-run.ts';
import type { Instant } from '../../domain/time.ts';

/** Ends a run. Directions without a result say what cut them short; the others keep theirs. */
export function ended(run: TestRun, finishedAt: Instant, by: 'restart' | 'fault'): TestRun {
  const end = (result: DirectionResult): DirectionResult => {
    if (result.outcome === 'waiting') {
      return { outcome: 'interrupted', by, protocol: null, stages: [] };
    }
    return result.outcome === 'running' ? { ...result, outcome: 'interrupted', by } : result;
  };
  const { incoming, outgoing, act } = run.results;
  return {
    ...run,
    state: 'done',
    finishedAt,
    results: { incoming: end(incoming), outgoing: end(outgoing), act: end(act) },
  };
}
