/** Milliseconds since the epoch, on real or on demo time. */
export interface Clock {
  now(): number;
}

/** Stops what it stands for; calling it twice is harmless. */
export type Cancel = () => void;

/**
 * Runs work at a moment of its own clock. Work that throws is logged and the schedule goes on.
 * Implementations: in-process timers here; pg-boss for several processes.
 */
export interface Scheduler extends Clock {
  /** Once, `delayMs` from now on this clock. */
  after(delayMs: number, work: () => Promise<void> | void): Cancel;
  /** Again and again, `gapMs` between the end of one run and the start of the next. */
  every(gapMs: number, work: () => Promise<void> | void): Cancel;
  /** Cancels everything and waits for running work. */
  stop(): Promise<void>;
}
