import type { Fault, Stage } from './fault.ts';
import { exchangeServerFaults } from './faults-of-exchange.ts';
import { exchangeOnlineFaults } from './faults-of-exchange-online.ts';
import { mailServerFaults } from './faults-of-mail-servers.ts';

export const faults: Readonly<Record<string, Fault>> = {
  ...mailServerFaults,
  ...exchangeServerFaults,
  ...exchangeOnlineFaults,
};

/** Breaks and heals one running demo, and remembers what it has broken. */
export interface Breaker {
  /** What happened; null for a fault that there is not. */
  break(name: string): Promise<string | null>;
  heal(): Promise<void>;
}

/**
 * One command after the other, in the order given: what is broken right after a heal, while that
 * still works, stays broken.
 */
export function createBreaker(stage: Stage): Breaker {
  const broken = new Set<Fault>();
  let before: Promise<unknown> = Promise.resolve();

  function inTurn<Result>(command: () => Promise<Result>): Promise<Result> {
    const after = before.then(command, command);
    before = after;
    return after;
  }

  return {
    break: (name) =>
      inTurn(async () => {
        const fault = Object.hasOwn(faults, name) ? faults[name] : undefined;
        if (fault === undefined) return null;
        broken.add(fault);
        await fault.apply(stage);
        return typeof fault.what === 'string' ? fault.what : fault.what(stage.world);
      }),
    heal: () =>
      inTurn(async () => {
        for (const fault of broken) await fault.undo(stage);
        broken.clear();
      }),
  };
}
