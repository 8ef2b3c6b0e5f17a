import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../services/domain/failure.ts';
import {
  afterFailure,
  afterSuccess,
  disablesAtMs,
  LONGEST_WAIT_MS,
} from '../../../services/domain/failure-policy.ts';
import type { DirectionState } from '../../../services/domain/mailbox.ts';
import { epochMsOf, MINUTE_MS, SECOND_MS } from '../../../services/domain/time.ts';

const START_MS = Date.parse('2026-11-23T08:00:00.000Z');

const HEALTHY: DirectionState = {
  method: 'server-side-synchronization',
  enabled: true,
  status: 'success',
  transientFailures: 0,
  nextAttemptAt: null,
  confirming: false,
  lastFailure: null,
  disabledAt: null,
  answersAgainAt: null,
};
const TRANSIENT: Failure = {
  scope: 'profile',
  nature: 'transient',
  stage: 'connect',
  reason: 'connection-refused',
  needsConfirmation: false,
  evidence: [],
};
const PERMANENT: Failure = { ...TRANSIENT, nature: 'permanent', reason: 'certificate-expired' };

/** Fails every attempt when it is due; returns the minutes at which something was decided. */
function failUntilDisabled(failure: Failure): { readonly kind: string; readonly minute: number }[] {
  const seen: { kind: string; minute: number }[] = [];
  let state = HEALTHY;
  let now = START_MS;
  for (let attempts = 0; attempts < 100; attempts += 1) {
    const decision = afterFailure(state, failure, now);
    seen.push({ kind: decision.kind, minute: (now - START_MS) / MINUTE_MS });
    if (decision.kind === 'disable') break;
    state = decision.state;
    now = epochMsOf(state.nextAttemptAt!);
  }
  return seen;
}

describe('the failure policy', () => {
  it('retries a passing failure at +5 to +50 minutes; the tenth failing retry disables', () => {
    const seen = failUntilDisabled(TRANSIENT);
    expect(seen.map(({ minute }) => minute)).toEqual([0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50]);
    expect(seen.filter(({ kind }) => kind === 'retry')).toHaveLength(10);
    expect(seen.at(-1)).toEqual({ kind: 'disable', minute: 50 });
  });

  it('disables at once for a permanent failure', () => {
    const decision = afterFailure(HEALTHY, PERMANENT, START_MS);
    expect(decision).toMatchObject({
      kind: 'disable',
      because: 'permanent',
      state: { enabled: false, status: 'failure', disabledAt: '2026-11-23T08:00:00.000Z' },
    });
  });

  it('disables a retrying direction at once when the failure turns out to be permanent', () => {
    const retrying = afterFailure(HEALTHY, TRANSIENT, START_MS).state;
    const decision = afterFailure(retrying, PERMANENT, START_MS + 5 * MINUTE_MS);
    expect(decision).toMatchObject({ kind: 'disable', because: 'permanent' });
  });

  it('confirms an undecided reply once, after 60 seconds', () => {
    const undecided = { ...PERMANENT, needsConfirmation: true };
    const first = afterFailure(HEALTHY, undecided, START_MS);
    expect(first).toMatchObject({ kind: 'confirm', state: { enabled: true, confirming: true } });
    expect(epochMsOf(first.state.nextAttemptAt!)).toBe(START_MS + 60 * SECOND_MS);
    expect(afterFailure(first.state, undecided, START_MS + 60 * SECOND_MS).kind).toBe('disable');
  });

  it('starts retrying when the confirmation meets a passing failure instead', () => {
    const first = afterFailure(HEALTHY, { ...PERMANENT, needsConfirmation: true }, START_MS);
    const second = afterFailure(first.state, TRANSIENT, START_MS + 60 * SECOND_MS);
    expect(second).toMatchObject({ kind: 'retry', attempt: 1, state: { confirming: false } });
  });

  it('takes a failure of one message for no failure of the mailbox', () => {
    const decision = afterFailure(HEALTHY, { ...PERMANENT, scope: 'email' }, START_MS);
    expect(decision).toEqual({ kind: 'ignore', state: HEALTHY });
  });

  it('waits as long as the server asks, never shorter than the gap and never for ever', () => {
    const waitFor = (retryAfterMs: number): number =>
      epochMsOf(
        afterFailure(HEALTHY, { ...TRANSIENT, retryAfterMs }, START_MS).state.nextAttemptAt!,
      ) - START_MS;
    expect(waitFor(12 * MINUTE_MS)).toBe(12 * MINUTE_MS);
    expect(waitFor(1)).toBe(5 * MINUTE_MS);
    for (const absurd of [1e300, LONGEST_WAIT_MS * 2])
      expect(waitFor(absurd)).toBe(LONGEST_WAIT_MS);
    for (const nonsense of [Number.NaN, -5, Number.POSITIVE_INFINITY]) {
      expect(waitFor(nonsense)).toBe(5 * MINUTE_MS);
    }
  });

  it('forgets everything about the failures after a success', () => {
    const retrying = afterFailure(HEALTHY, TRANSIENT, START_MS).state;
    expect(afterSuccess(retrying)).toEqual(HEALTHY);
  });

  it('foretells the minute at which it will disable', () => {
    let state = HEALTHY;
    expect(disablesAtMs(state)).toBeNull();
    for (let minute = 0; minute < 50; minute += 5) {
      state = afterFailure(state, TRANSIENT, START_MS + minute * MINUTE_MS).state;
      expect(disablesAtMs(state)).toBe(START_MS + 50 * MINUTE_MS);
    }
    const disabled = afterFailure(state, TRANSIENT, START_MS + 50 * MINUTE_MS).state;
    expect(disablesAtMs(disabled)).toBeNull();
  });

  it('counts at most ten and never enables, whatever comes in whatever order', () => {
    const failure = fc.record({
      scope: fc.constantFrom('email' as const, 'mailbox' as const, 'profile' as const),
      nature: fc.constantFrom('permanent' as const, 'transient' as const),
      needsConfirmation: fc.boolean(),
      retryAfterMs: fc.double(),
    });
    fc.assert(
      fc.property(fc.array(fc.option(failure), { maxLength: 40 }), (story) => {
        let state = HEALTHY;
        let now = START_MS;
        for (const chapter of story) {
          if (!state.enabled) break;
          const decision =
            chapter === null ? null : afterFailure(state, { ...TRANSIENT, ...chapter }, now);
          state = decision === null ? afterSuccess(state) : decision.state;
          expect(state.transientFailures).toBeLessThanOrEqual(10);
          expect(state.enabled).toBe(decision?.kind !== 'disable');
          expect(state.enabled).toBe(state.disabledAt === null);
          if (state.nextAttemptAt !== null) {
            expect(epochMsOf(state.nextAttemptAt)).toBeGreaterThan(now - 1);
            now = epochMsOf(state.nextAttemptAt);
          }
        }
      }),
    );
  });
});
