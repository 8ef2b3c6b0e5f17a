import type { Clock } from '../../../services/scheduler/index.ts';
import { tooMany } from './faults.ts';

const WINDOW_MS = 300_000;

/** Per user, as documented; a test may lower them. */
export interface Limits {
  readonly requests: number;
  readonly executionMs: number;
  readonly concurrent: number;
  /** What a request is taken to cost; nothing is measured. */
  readonly costMs: number;
}

export const DOCUMENTED_LIMITS: Limits = {
  requests: 6_000,
  executionMs: 1_200_000,
  concurrent: 52,
  costMs: 50,
};

export interface ServiceProtection {
  limits: Limits;
  /** Takes a request in, or refuses it with 429; the result is to be called at its end. */
  enter(userId: string): { readonly headers: Record<string, string>; leave(): void };
}

/** Sliding windows on the test's clock; a refused request counts like any other. */
export function createServiceProtection(clock: Clock): ServiceProtection {
  const times = new Map<string, number[]>();
  const running = new Map<string, number>();

  function windowOf(userId: string): number[] {
    const since = clock.now() - WINDOW_MS;
    const recent = (times.get(userId) ?? []).filter((at) => at > since);
    times.set(userId, recent);
    return recent;
  }

  const protection: ServiceProtection = {
    limits: DOCUMENTED_LIMITS,
    enter(userId) {
      const { limits } = protection;
      const recent = windowOf(userId);
      recent.push(clock.now());
      const oldest = recent[0] ?? clock.now();
      const retryAfter = Math.ceil((oldest + WINDOW_MS - clock.now()) / 1000);
      const busy = (running.get(userId) ?? 0) + 1;
      if (busy > limits.concurrent) throw tooMany('concurrency', 10);
      if (recent.length > limits.requests) throw tooMany('requests', retryAfter);
      const spent = recent.length * limits.costMs;
      if (spent > limits.executionMs) throw tooMany('execution-time', retryAfter);
      running.set(userId, busy);
      return {
        headers: {
          'x-ms-ratelimit-burst-remaining-xrm-requests': String(limits.requests - recent.length),
          'x-ms-ratelimit-time-remaining-xrm-requests': (
            (limits.executionMs - spent) /
            1000
          ).toFixed(2),
        },
        leave: () => void running.set(userId, (running.get(userId) ?? 1) - 1),
      };
    },
  };
  return protection;
}
