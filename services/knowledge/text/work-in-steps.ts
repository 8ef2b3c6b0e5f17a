import { setImmediate } from 'node:timers/promises';

/** Work that can pause: it yields every fraction of a millisecond or so. */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** Long work keeps the event loop waiting no longer than this, with a margin to design.md's 10 ms. */
const LONGEST_TURN_MS = 3;

/** Runs the work in one go. */
export function finishNow<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Runs the work with pauses in which others get their turn. */
export async function finishInTurns<Result>(steps: Steps<Result>): Promise<Result> {
  let began = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() - began < LONGEST_TURN_MS) continue;
    await setImmediate();
    began = performance.now();
  }
}
