import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { ProcessedTurn } from '../../services/domain/processed-turn.ts';

export interface Lag {
  readonly turns: number;
  readonly failed: number;
  /** From when a turn was due to when it began, in seconds. */
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** How late turns begin. */
export function createTurnLag(): { add(turn: ProcessedTurn): void; read(): Lag } {
  const lags: number[] = [];
  let failed = 0;
  return {
    add({ scheduledAt, startedAt, outcome }) {
      lags.push((Date.parse(startedAt) - Date.parse(scheduledAt)) / 1_000);
      if (outcome === 'failed') failed += 1;
    },
    read() {
      const sorted = [...lags].sort((one, other) => one - other);
      const at = (part: number): number =>
        sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
      return { turns: lags.length, failed, p50: at(0.5), p99: at(0.99), max: at(1) };
    },
  };
}

export interface Load {
  /** Share of one core. */
  readonly cpu: number;
  readonly loopP50Ms: number;
  readonly loopP99Ms: number;
  readonly loopMaxMs: number;
  /** This process's own processor time in the longest gap: the rest was other programs' turn. */
  readonly loopMaxCpuMs: number;
}

/** What the process costs from here on, until it is read. */
export function watchLoad(): () => Load {
  const began = performance.now();
  const cpuBefore = process.cpuUsage();
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  let longestCpuMs = 0;
  let at = performance.now();
  let cpu = process.cpuUsage();
  const timer = setInterval(() => {
    const spent = process.cpuUsage(cpu);
    const gapMs = performance.now() - at;
    longestCpuMs = Math.max(longestCpuMs, Math.min(gapMs, (spent.user + spent.system) / 1_000));
    at = performance.now();
    cpu = process.cpuUsage();
  }, 1);
  return () => {
    clearInterval(timer);
    delay.disable();
    const { user, system } = process.cpuUsage(cpuBefore);
    // The histogram counts the 10 ms that it waits for on purpose.
    const beyond = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - 10);
    return {
      cpu: (user + system) / 1_000 / (performance.now() - began),
      loopP50Ms: beyond(delay.percentile(50)),
      loopP99Ms: beyond(delay.percentile(99)),
      loopMaxMs: beyond(delay.max),
      loopMaxCpuMs: longestCpuMs,
    };
  };
}
