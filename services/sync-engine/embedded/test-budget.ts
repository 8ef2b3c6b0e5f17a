/**
 * All stages of one run share this. It fits a mailbox that is locked by another session (Dovecot
 * answers after 11 s, mail-probe.md §2) in two directions, and a person still waits for the end.
 */
const RUN_MS = 90_000;
/** Kept for each direction that is still to come: one dead server must not be called two. */
const KEPT_MS = 25_000;

/** What is left of a run's time. Waiting for a turn at a busy server costs nothing of it. */
export interface TestBudget {
  /** Runs `work` with the most that it may take, so that `toCome` directions have theirs. */
  spend<Result>(toCome: number, work: (deadlineMs: number) => Promise<Result>): Promise<Result>;
  leftMs(): number;
}

export function createTestBudget(totalMs = RUN_MS, keptMs = KEPT_MS): TestBudget {
  let leftMs = totalMs;
  return {
    leftMs: () => Math.max(0, leftMs),
    async spend(toCome, work) {
      const startedAt = performance.now();
      try {
        return await work(Math.max(keptMs, leftMs - toCome * keptMs));
      } finally {
        leftMs -= performance.now() - startedAt;
      }
    },
  };
}
