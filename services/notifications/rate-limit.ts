import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { SECOND_MS } from '../domain/time.ts';

/** Teams' limits for one bot in one conversation (msteams-docs, bots/how-to/rate-limit.md). */
const TEAMS_WINDOWS = [
  { points: 7, duration: 1 },
  { points: 8, duration: 2 },
  { points: 60, duration: 30 },
  { points: 1800, duration: 3600 },
] as const;

export interface RateLimit {
  /** Milliseconds to wait before this conversation may be written to; 0 takes a place now. */
  take(conversationId: string): Promise<number>;
}

/**
 * All windows of Teams at once. Rejected when any is full; places taken in the others are not given
 * back, which only makes us slower than allowed.
 */
export function createTeamsRateLimit(): RateLimit {
  const limiters = TEAMS_WINDOWS.map((window) => new RateLimiterMemory(window));
  return {
    async take(conversationId) {
      for (const limiter of limiters) {
        try {
          await limiter.consume(conversationId);
        } catch (rejected) {
          return rejected instanceof RateLimiterRes ? rejected.msBeforeNext : SECOND_MS;
        }
      }
      return 0;
    },
  };
}
