import type { Cancel, Scheduler } from '../../services/scheduler/index.ts';

interface Due {
  at: number;
  order: number;
  work: () => Promise<void> | void;
}

export interface FakeScheduler extends Scheduler {
  /** Moves the clock and runs everything that falls due on the way, in order, awaiting each. */
  advance(ms: number): Promise<void>;
  /** How much work waits for its moment. */
  waiting(): number;
}

/** A clock that stands still until the test moves it. */
export function createFakeScheduler(
  startMs = Date.parse('2026-11-23T08:00:00.000Z'),
): FakeScheduler {
  let current = startMs;
  let order = 0;
  const queue = new Set<Due>();

  function after(delayMs: number, work: () => Promise<void> | void): Cancel {
    const due: Due = { at: current + delayMs, order: order++, work };
    queue.add(due);
    return () => queue.delete(due);
  }

  return {
    now: () => current,
    after,
    every(gapMs, work) {
      let cancelled = false;
      let cancelNext: Cancel = () => undefined;
      const next = (): void => {
        cancelNext = after(gapMs, async () => {
          await work();
          if (!cancelled) next();
        });
      };
      next();
      return () => {
        cancelled = true;
        cancelNext();
      };
    },
    async advance(ms) {
      const until = current + ms;
      for (;;) {
        const next = [...queue]
          .filter((due) => due.at <= until)
          .sort((a, b) => a.at - b.at || a.order - b.order)[0];
        if (next === undefined) break;
        queue.delete(next);
        current = Math.max(current, next.at);
        await next.work();
      }
      current = until;
    },
    waiting: () => queue.size,
    async stop() {
      queue.clear();
    },
  };
}
