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
  if (caller.aborted) cancel();
  else caller.addEventListener('abort', cancel, { once: true });

  return {
    signal,
    remainingMs: () => Math.max(1, endsAt - performance.now()),
    within(work) {
      return new Promise((resolve, reject) => {
        const stop = (): void => reject(signal.reason as ProtocolError);
        if (signal.aborted) stop();
        else signal.addEventListener('abort', stop, { once: true });
        work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
      });
    },
    dispose() {
      clearTimeout(timer);
      caller.removeEventListener('abort', cancel);
    },
  };
}
