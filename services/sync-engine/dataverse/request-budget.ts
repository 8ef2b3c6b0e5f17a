import { AppError } from '../../observability/index.ts';
import type { Cancel, Scheduler } from '../../scheduler/index.ts';
import { createSlidingSum } from './sliding-sum.ts';
import type { Asking } from './web-api.ts';

type Priority = Asking['priority'];

export const WINDOW_MS = 300_000;

/** What Dataverse allows one user on one web server (domain.md §4.12). */
export const DOCUMENTED = { requests: 6_000, executionMs: 1_200_000, concurrent: 52 } as const;

export interface Share {
  /** In any five minutes. */
  readonly requests: number;
  readonly executionMs: number;
  readonly concurrent: number;
  /** Longest wait for a turn; after that the caller is told that Dynamics 365 is busy. */
  readonly patienceMs: number;
}

/** People may use more than what works by itself, so that something is always left for them. */
export const USUAL_SHARES: Readonly<Record<Priority, Share>> = {
  person: { requests: 4_500, executionMs: 900_000, concurrent: 20, patienceMs: 30_000 },
  background: { requests: 3_000, executionMs: 600_000, concurrent: 8, patienceMs: 900_000 },
};

/** More than this waits only when something is wrong. */
const MOST_WAITING = 10_000;
/** How soon a share that depends on others is looked at again. */
const LOOK_AGAIN_MS = 1_000;

/** What the server said is left, whoever used the rest. */
export interface Left {
  readonly requests: number | undefined;
  readonly executionMs: number | undefined;
}

/** As the header of an answer says it. */
export function leftIn(headers: Headers): Left {
  const numberIn = (name: string): number | undefined => {
    const value = headers.get(name);
    return value !== null && /^\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
  };
  const seconds = numberIn('x-ms-ratelimit-time-remaining-xrm-requests');
  return {
    requests: numberIn('x-ms-ratelimit-burst-remaining-xrm-requests'),
    executionMs: seconds === undefined ? undefined : seconds * 1000,
  };
}

export interface Turn {
  /** At the end of the request, with what its answer said. */
  end(left?: Left): void;
}

export interface RequestBudget {
  /** Resolves when a request may go. */
  enter(asking: Pick<Asking, 'priority' | 'signal'>): Promise<Turn>;
  /** Dataverse said 429. It lengthens the wait of those who keep asking, so nobody does. */
  pause(ms: number): void;
}

interface Waiting {
  readonly priority: Priority;
  readonly go: () => void;
}

/**
 * Keeps one application user well below the limits of service protection. Windows slide on the
 * scheduler's clock. What other instances use is read off the server's own count: the difference to
 * what was asked here counts as theirs, and fades over the window unless the next answer says more.
 */
export function createRequestBudget(scheduler: Scheduler, shares = USUAL_SHARES): RequestBudget {
  const requests = createSlidingSum(WINDOW_MS);
  const execution = createSlidingSum(WINDOW_MS);
  const running: Record<Priority, Set<number[]>> = { person: new Set(), background: new Set() };
  const waiting: Record<Priority, Set<Waiting>> = { person: new Set(), background: new Set() };
  let others = { requests: 0, executionMs: 0, at: scheduler.now() };
  let pausedUntil = 0;
  let cancelLook: Cancel | undefined;

  const runningNow = (): number => running.person.size + running.background.size;

  function executionSoFar(now: number): number {
    let sum = execution.total(now);
    for (const set of Object.values(running)) for (const [at = now] of set) sum += now - at;
    return sum;
  }

  function mayGo(priority: Priority, now: number): boolean {
    const share = shares[priority];
    const fading = Math.max(0, 1 - (now - others.at) / WINDOW_MS);
    const busy = priority === 'person' ? runningNow() : running.background.size;
    return (
      now >= pausedUntil &&
      busy < share.concurrent &&
      runningNow() < shares.person.concurrent &&
      requests.total(now) + others.requests * fading < share.requests &&
      executionSoFar(now) + others.executionMs * fading < share.executionMs
    );
  }

  function learn({ requests: left, executionMs: leftMs }: Left, now: number): void {
    if (left === undefined && leftMs === undefined) return;
    const used = (limit: number, remaining: number | undefined, own: number): number =>
      remaining === undefined ? 0 : Math.max(0, limit - remaining - own);
    others = {
      requests: used(DOCUMENTED.requests, left, requests.total(now)),
      executionMs: used(DOCUMENTED.executionMs, leftMs, execution.total(now)),
      at: now,
    };
  }

  function start(priority: Priority): Turn {
    const startedAt = scheduler.now();
    const entry = [startedAt];
    requests.add(startedAt, 1);
    running[priority].add(entry);
    return {
      end(left) {
        if (!running[priority].delete(entry)) return;
        const now = scheduler.now();
        execution.add(now, now - startedAt);
        if (left !== undefined) learn(left, now);
        letGo();
      },
    };
  }

  function letGo(): void {
    for (const priority of ['person', 'background'] as const) {
      for (const next of waiting[priority]) {
        if (!mayGo(priority, scheduler.now())) break;
        next.go();
      }
    }
    lookAgain();
  }

  function lookAgain(): void {
    cancelLook?.();
    cancelLook = undefined;
    if (waiting.person.size + waiting.background.size === 0) return;
    const pausedFor = pausedUntil - scheduler.now();
    cancelLook = scheduler.after(pausedFor > 0 ? pausedFor : LOOK_AGAIN_MS, letGo);
  }

  function wait(priority: Priority, signal: AbortSignal): Promise<Turn> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        waiting[priority].delete(entry);
        signal.removeEventListener('abort', giveUp);
        cancelPatience();
      };
      const refuse = (why: string): void => {
        leave();
        reject(new AppError('dynamics-busy', why));
      };
      const giveUp = (): void => refuse('the caller could not wait for a turn');
      const entry: Waiting = {
        priority,
        go: () => {
          leave();
          resolve(start(priority));
        },
      };
      const { patienceMs } = shares[priority];
      const cancelPatience = scheduler.after(patienceMs, () => refuse('no turn came in time'));
      waiting[priority].add(entry);
      signal.addEventListener('abort', giveUp, { once: true });
      if (cancelLook === undefined) lookAgain();
    });
  }

  return {
    async enter({ priority, signal }) {
      signal.throwIfAborted();
      const now = scheduler.now();
      if (pausedUntil - now > shares[priority].patienceMs) {
        throw new AppError(
          'dynamics-busy',
          `asked to wait ${Math.ceil((pausedUntil - now) / 1000)} s`,
        );
      }
      const before = waiting.person.size + (priority === 'person' ? 0 : waiting.background.size);
      if (before === 0 && mayGo(priority, now)) return start(priority);
      if (waiting[priority].size >= MOST_WAITING) {
        throw new AppError('dynamics-busy', 'too many requests wait for their turn');
      }
      return wait(priority, signal);
    },
    pause(ms) {
      pausedUntil = Math.max(pausedUntil, scheduler.now() + ms);
      lookAgain();
    },
  };
}
