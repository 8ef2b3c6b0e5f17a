import type { Log } from '../observability/index.ts';
import type { Cancel, Scheduler } from './scheduler.ts';

/** setTimeout takes at most 2^31-1 ms; longer waits are cut into pieces. */
const LONGEST_TIMER_MS = 2_147_483_647;

export interface TimerSchedulerOptions {
  readonly log: Log;
  /** How many milliseconds of this clock pass in one real millisecond; 150 makes 5 minutes 2 s. */
  readonly speed?: number;
}

/** Timers of this process. With `speed` the policy runs on demo time; a clock never jumps back. */
export function createTimerScheduler({ log, speed = 1 }: TimerSchedulerOptions): Scheduler {
  const startedAt = performance.timeOrigin + performance.now();
  const monotonicStart = performance.now();
  const now = (): number => Math.round(startedAt + (performance.now() - monotonicStart) * speed);
  const cancels = new Set<Cancel>();
  const running = new Set<Promise<void>>();
  let stopped = false;

  function run(work: () => Promise<void> | void): Promise<void> {
    const settled = Promise.resolve()
      .then(work)
      .catch((error: unknown) => {
        log.error('scheduled-work-failed', {
          reason: error instanceof Error ? error.message : String(error),
        });
      })
      .finally(() => running.delete(settled));
    running.add(settled);
    return settled;
  }

  function after(delayMs: number, work: () => Promise<void> | void): Cancel {
    const dueAt = now() + delayMs;
    let timer: NodeJS.Timeout | undefined;
    const cancel = (): void => {
      clearTimeout(timer);
      cancels.delete(cancel);
    };
    const arm = (): void => {
      const wait = Math.max(0, (dueAt - now()) / speed);
      timer = setTimeout(
        () => {
          if (dueAt > now()) {
            arm();
            return;
          }
          cancels.delete(cancel);
          void run(work);
        },
        Math.min(wait, LONGEST_TIMER_MS),
      );
    };
    if (!stopped) {
      cancels.add(cancel);
      arm();
    }
    return cancel;
  }

  function every(gapMs: number, work: () => Promise<void> | void): Cancel {
    let cancelled = false;
    let cancelNext: Cancel = () => undefined;
    const next = (): void => {
      cancelNext = after(gapMs, async () => {
        try {
          await work();
        } finally {
          if (!cancelled && !stopped) next();
        }
      });
    };
    next();
    return () => {
      cancelled = true;
      cancelNext();
    };
  }

  return {
    now,
    after,
    every,
    async stop() {
      stopped = true;
      for (const cancel of [...cancels]) cancel();
      await Promise.allSettled([...running]);
    },
  };
}
