/** A wish to test, as its caller names it: what the test was called is not known before the answer. */
interface Wish {
  readonly mailboxId: string;
  readonly idempotencyKey: string;
}

/** The signals of tests that a caller elsewhere has started and may end. */
export interface RunningTests {
  /** The same wish again gets the same signal. */
  signalOf(wish: Wish): AbortSignal;
  /** Harmless when the test is over, or was never started. */
  end(wish: Wish): void;
}

/** A test takes minutes at most; the oldest of so many are long over. */
const REMEMBERED = 1_000;

export function createRunningTests(): RunningTests {
  const controllers = new Map<string, AbortController>();
  const nameOf = ({ mailboxId, idempotencyKey }: Wish): string =>
    JSON.stringify([mailboxId, idempotencyKey]);

  return {
    signalOf(wish) {
      const name = nameOf(wish);
      const controller = controllers.get(name) ?? new AbortController();
      controllers.set(name, controller);
      const [oldest] = controllers.keys();
      if (controllers.size > REMEMBERED && oldest !== undefined) controllers.delete(oldest);
      return controller.signal;
    },
    end(wish) {
      controllers.get(nameOf(wish))?.abort();
    },
  };
}
