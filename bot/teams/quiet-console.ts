import { AsyncLocalStorage } from 'node:async_hooks';

/** Runs work whose `console.error` calls reach nobody; those of other work are untouched. */
export type Quietly = <Result>(work: () => Promise<Result>) => Promise<Result>;

/**
 * The SDK prints every refused token with console.error (jwtTokenExtractor.js) and has no switch for
 * it. Whoever can reach the port could fill the log with lines of their choice, so the calls that
 * happen inside the token check are dropped; the refusal itself is logged by us.
 */
export function muteConsoleErrors(
  target: { error: Console['error'] } = globalThis.console,
): Quietly {
  const quiet = new AsyncLocalStorage<true>();
  const original = target.error.bind(target);
  target.error = (...data: unknown[]) => {
    if (quiet.getStore() === undefined) original(...data);
  };
  return (work) => quiet.run(true, work);
}
