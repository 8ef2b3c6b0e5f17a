import type { Failure } from '../../domain/failure.ts';
import { type Direction, type DirectionState, type Mailbox } from '../../domain/mailbox.ts';
import type { DirectionResult, TestRun } from '../../domain/test-run.ts';
import type { Instant } from '../../domain/time.ts';
import type { ReadMailbox } from './mailbox-reader.ts';

type Results = TestRun['results'];

const UNDER_WAY = { protocol: null, stages: [] } as const;

const eachOf = (result: (direction: Direction) => DirectionResult): Results => ({
  incoming: result('incoming'),
  outgoing: result('outgoing'),
  act: result('act'),
});

/** Dynamics 365 tests all directions at once, and tells of each when all have ended. */
export function beginningOf({ directions }: Mailbox): Results {
  return eachOf((direction) =>
    isTested(directions[direction])
      ? { outcome: 'running', ...UNDER_WAY }
      : { outcome: 'skipped', because: 'not-synchronized-by-server' },
  );
}

/** No stages: Dynamics 365 gives one result for each direction, and alerts beside it. */
function resultsOf({ directions }: Mailbox): Results {
  return eachOf((direction): DirectionResult => {
    const state = directions[direction];
    if (!isTested(state)) return { outcome: 'skipped', because: 'not-synchronized-by-server' };
    if (state.status === 'success') return { outcome: 'passed', ...UNDER_WAY };
    if (state.status === 'not-run') return { ...NOT_FINISHED, ...UNDER_WAY };
    return { outcome: 'failed', ...UNDER_WAY, failure: failureIn(state) };
  });
}

/** Without its moment, which is the run's. */
function failureIn({ lastFailure }: DirectionState): Failure | null {
  if (lastFailure === null) return null;
  const { scope, nature, stage, reason, needsConfirmation, evidence } = lastFailure;
  return { scope, nature, stage, reason, needsConfirmation, evidence };
}

const NOT_FINISHED = { outcome: 'interrupted', by: 'not-finished' } as const;

/** Its time is over; Dynamics 365 may end it some time, and is then noticed as any change is. */
export function endedUnfinished(run: TestRun, finishedAt: Instant): TestRun {
  const results = eachOf((direction) => {
    const result = run.results[direction];
    return result.outcome === 'running' || result.outcome === 'waiting'
      ? { ...NOT_FINISHED, ...UNDER_WAY }
      : result;
  });
  return { ...run, state: 'done', finishedAt, results };
}

export function endedWith(
  run: TestRun,
  { mailbox, alerts }: ReadMailbox,
  finishedAt: Instant,
  before: Mailbox | undefined,
): TestRun {
  const letGo =
    before?.directions.outgoing.enabled === false && mailbox.directions.outgoing.enabled;
  return {
    ...run,
    state: 'done',
    finishedAt,
    results: resultsOf(mailbox),
    raisedAlerts: alerts.filter(({ raisedAt }) => raisedAt >= run.startedAt).map(({ id }) => id),
    releasedMessages: letGo ? before.pendingSend : 0,
  };
}

const isTested = ({ method }: DirectionState): boolean => method === 'server-side-synchronization';
