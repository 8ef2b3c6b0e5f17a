import type { Failure } from './failure.ts';
import type { DirectionState } from './mailbox.ts';
import { epochMsOf, HOUR_MS, instantOf, MINUTE_MS, SECOND_MS } from './time.ts';

/** "Retried up to 10 times with a 5-minute gap" (source document, Mailbox deliveries). */
export const MAX_RETRIES = 10;
export const RETRY_GAP_MS = 5 * MINUTE_MS;
/** A reply that one protocol cannot decide is asked for once more before it counts (design.md §4). */
export const CONFIRM_AFTER_MS = 60 * SECOND_MS;
/** A disabled direction is looked at this often to be able to say "the server answers again". */
export const DISABLED_PROBE_GAP_MS = 30 * MINUTE_MS;

/** A server may ask for patience, but a hostile or broken one must not silence the engine for good. */
export const LONGEST_WAIT_MS = 6 * HOUR_MS;

/** All that the policy reads and writes; how the direction is delivered is none of its business. */
export type DirectionProgress = Omit<DirectionState, 'method'>;

export type PolicyDecision<State extends DirectionProgress = DirectionState> =
  | { readonly kind: 'confirm'; readonly state: State }
  | { readonly kind: 'retry'; readonly attempt: number; readonly state: State }
  | {
      readonly kind: 'disable';
      readonly because: 'permanent' | 'retries-exhausted';
      readonly state: State;
    }
  | { readonly kind: 'ignore'; readonly state: State };

/**
 * What one failed attempt does to an enabled direction. Permanent failures disable at once; a
 * transient one is retried at +5 … +50 minutes and the tenth failing retry disables; an
 * `email`-scoped failure says nothing about the mailbox.
 */
export function afterFailure<State extends DirectionProgress>(
  state: State,
  failure: Failure,
  nowMs: number,
): PolicyDecision<State> {
  const lastFailure = { ...failure, at: instantOf(nowMs) };
  if (failure.scope === 'email') return { kind: 'ignore', state };
  if (failure.needsConfirmation && !state.confirming) {
    const wait = waitOf(CONFIRM_AFTER_MS, failure);
    return {
      kind: 'confirm',
      state: { ...state, confirming: true, lastFailure, nextAttemptAt: instantOf(nowMs + wait) },
    };
  }
  const disable = (because: 'permanent' | 'retries-exhausted'): PolicyDecision<State> => ({
    kind: 'disable',
    because,
    state: {
      ...state,
      enabled: false,
      status: 'failure',
      confirming: false,
      lastFailure,
      disabledAt: instantOf(nowMs),
      answersAgainAt: null,
      nextAttemptAt: instantOf(nowMs + DISABLED_PROBE_GAP_MS),
    },
  });
  if (failure.nature === 'permanent') return disable('permanent');
  // The first failing attempt is no retry: ten retries follow it.
  if (state.transientFailures >= MAX_RETRIES) return disable('retries-exhausted');
  const attempt = state.transientFailures + 1;
  const wait = waitOf(RETRY_GAP_MS, failure);
  return {
    kind: 'retry',
    attempt,
    state: {
      ...state,
      status: 'failure',
      confirming: false,
      transientFailures: attempt,
      lastFailure,
      nextAttemptAt: instantOf(nowMs + wait),
    },
  };
}

function waitOf(shortestMs: number, { retryAfterMs = 0 }: Failure): number {
  const asked = Number.isFinite(retryAfterMs) ? retryAfterMs : 0;
  return Math.min(LONGEST_WAIT_MS, Math.max(shortestMs, asked));
}

export function afterSuccess<State extends DirectionProgress>(state: State): State {
  return {
    ...state,
    status: 'success',
    confirming: false,
    transientFailures: 0,
    lastFailure: null,
    nextAttemptAt: null,
  };
}

/** When a retrying direction will be disabled if nothing changes; null when it is not retrying. */
export function disablesAtMs(state: DirectionProgress): number | null {
  if (state.transientFailures === 0 || state.nextAttemptAt === null || !state.enabled) return null;
  if (state.retriesUncounted === true) return null;
  const retriesLeft = MAX_RETRIES - state.transientFailures;
  return epochMsOf(state.nextAttemptAt) + retriesLeft * RETRY_GAP_MS;
}
