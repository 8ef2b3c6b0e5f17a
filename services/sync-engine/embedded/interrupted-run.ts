import type { DirectionResult, TestRun } from '../../domain/test-run.ts';
import type { Instant } from '../../domain/time.ts';

/**
 * Over before its end. Directions without a result failed with no known failure: to call them
 * skipped would let the run count as passed.
 */
export function interrupted(run: TestRun, finishedAt: Instant): TestRun {
  const end = (result: DirectionResult): DirectionResult => {
    if (result.outcome === 'waiting') {
      return { outcome: 'failed', protocol: null, stages: [], failure: null };
    }
    if (result.outcome === 'running') return { ...result, outcome: 'failed', failure: null };
    return result;
  };
  const { incoming, outgoing, act } = run.results;
  return {
    ...run,
    state: 'done',
    finishedAt,
    results: { incoming: end(incoming), outgoing: end(outgoing), act: end(act) },
  };
}
