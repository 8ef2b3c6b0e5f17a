import { HOUR_MS, SECOND_MS } from '../domain/time.ts';
import type { Clock } from '../scheduler/index.ts';

interface Window {
  readonly places: number;
  readonly lengthMs: number;
}

/** Teams' limits for one bot in one conversation (msteams-docs, bots/how-to/rate-limit.md). */
const CONVERSATION_WINDOWS: readonly Window[] = [
  { places: 7, lengthMs: SECOND_MS },
  { places: 8, lengthMs: 2 * SECOND_MS },
  { places: 60, lengthMs: 30 * SECOND_MS },
  { places: 1_800, lengthMs: HOUR_MS },
];
/** 50 a second per app and tenant; the rest is left to answers, which nobody may keep waiting. */
const BOT_WINDOWS: readonly Window[] = [{ places: 40, lengthMs: SECOND_MS }];

export interface RateLimit {
  /** Milliseconds to wait before this conversation may be written to; 0 takes a place now. */
  take(conversationId: string): Promise<number>;
  /** The channel itself asked for silence in this conversation. */
  pause(conversationId: string, untilMs: number): void;
}

/**
 * All windows of Teams at once, sliding. `rate-limiter-flexible` was rejected: its windows are fixed
 * (7 at the end of one second and 7 at the start of the next pass) and run on real time only.
 */
export function createTeamsRateLimit(clock: Clock): RateLimit {
  const sentIn = new Map<string, number[]>();
  const sentByBot: number[] = [];
  const pausedUntil = new Map<string, number>();
  let sweptAt = clock.now();

  function sweep(now: number): void {
    if (now - sweptAt < HOUR_MS) return;
    sweptAt = now;
    for (const [id, times] of sentIn) {
      if ((times.at(-1) ?? 0) <= now - HOUR_MS) sentIn.delete(id);
    }
    for (const [id, until] of pausedUntil) if (until <= now) pausedUntil.delete(id);
  }

  return {
    async take(conversationId) {
      const now = clock.now();
      sweep(now);
      const times = sentIn.get(conversationId) ?? [];
      const waitMs = Math.max(
        (pausedUntil.get(conversationId) ?? now) - now,
        waitIn(CONVERSATION_WINDOWS, times, now),
        waitIn(BOT_WINDOWS, sentByBot, now),
      );
      if (waitMs > 0) return waitMs;
      takePlace(CONVERSATION_WINDOWS, times, now);
      takePlace(BOT_WINDOWS, sentByBot, now);
      sentIn.set(conversationId, times);
      return 0;
    },
    pause(conversationId, untilMs) {
      pausedUntil.set(conversationId, Math.max(untilMs, pausedUntil.get(conversationId) ?? 0));
    },
  };
}

/** `times` is ascending: the window is full while the place that would have to be free is inside it. */
function waitIn(windows: readonly Window[], times: readonly number[], now: number): number {
  return Math.max(
    0,
    ...windows.map(({ places, lengthMs }) => (times.at(-places) ?? -Infinity) + lengthMs - now),
  );
}

function takePlace(windows: readonly Window[], times: number[], now: number): void {
  const remembered = Math.max(...windows.map(({ places }) => places));
  times.push(now);
  if (times.length > remembered) times.splice(0, times.length - remembered);
}
