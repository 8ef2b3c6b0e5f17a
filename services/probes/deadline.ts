import { ProtocolError } from './protocol-error.ts';

/** One budget for a whole session: stages share it, no stage has a timeout of its own. */
export interface Deadline {
  /** Raised once, when the time is up or when the caller cancels; `reason` is a ProtocolError. */
  readonly signal: AbortSignal;
  remainingMs(): number;
  /** Settles as `work` does, or rejects at once with the signal's reason; the work's end is then ignored. */
  within<T>(work: Promise<T>): Promise<T>;
  /** Takes the timer and the listener away. */
  dispose(): void;
}

export function startDeadline(budgetMs: number, caller: AbortSignal): Deadline {
  const controller = new AbortController();
  const { signal } = controller;
  const endsAt = performance.now() + budgetMs;
  const cancel = (): void => controller.abort(new ProtocolError('CANCELLED'));
  const timer = setTimeout(() => controller.abort(new ProtocolError('DEADLINE')), budgetMs);
  const stopped = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as ProtocolError), { once: true });
  });
  // Whoever waits hears of it; when nobody does, nobody needs to.
  stopped.catch(() => undefined);
  if (caller.aborted) cancel();
  else caller.addEventListener('abort', cancel, { once: true });

  return {
    signal,
    remainingMs: () => Math.max(1, endsAt - performance.now()),
    // In this order, so that work which ends in the same turn does not outrun the end of the session.
    within: (work) => Promise.race([stopped, work]),
    dispose() {
      clearTimeout(timer);
      caller.removeEventListener('abort', cancel);
    },
  };
}
