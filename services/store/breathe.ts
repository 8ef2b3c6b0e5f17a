import { setImmediate } from 'node:timers/promises';

/** How long a loop over records may hold the event loop before others get their turn. */
const BREATH_MS = 5;

/**
 * For loops whose `await`s settle at once: a promise that is already settled never lets timers and
 * sockets run. Call it once a round; it gives way when the time is up.
 */
export function createBreather(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < BREATH_MS) return;
    await setImmediate();
    since = performance.now();
  };
}
