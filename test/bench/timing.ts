import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';

/** Milliseconds. */
export interface Times {
  readonly median: number;
  readonly p99: number;
}

/**
 * Work of several competitors on the same inputs, in turns: what disturbs the machine disturbs all of
 * them. The best of the repetitions counts for an input, so that other processes are left out.
 */
export function timesInTurns<Input>(
  competitors: Readonly<Record<string, (input: Input) => unknown>>,
  inputs: readonly Input[],
  repetitions: number,
): ReadonlyMap<string, Times> {
  const best = new Map(
    Object.keys(competitors).map((name) => [
      name,
      new Array<number>(inputs.length).fill(Number.POSITIVE_INFINITY),
    ]),
  );
  for (let repetition = 0; repetition < repetitions; repetition++) {
    inputs.forEach((input, index) => {
      for (const [name, work] of Object.entries(competitors)) {
        const taken = millisecondsOf(() => work(input));
        const bests = best.get(name) ?? [];
        bests[index] = Math.min(bests[index] ?? taken, taken);
      }
    });
  }
  return new Map([...best].map(([name, times]) => [name, timesOf(times)]));
}

export function timesOf(measured: readonly number[]): Times {
  const times = [...measured].sort((one, other) => one - other);
  return {
    median: times[Math.floor(times.length / 2)] ?? 0,
    p99: times[Math.min(times.length - 1, Math.floor(times.length * 0.99))] ?? 0,
  };
}

export function millisecondsOf(work: () => unknown): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

/** The longest that other work had to wait while this went on. */
export async function longestBlock(work: () => Promise<unknown>): Promise<number> {
  let done = false;
  let longest = 0;
  const working = work().finally(() => {
    done = true;
  });
  let last = performance.now();
  while (!done) {
    await setImmediate();
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }
  await working;
  return longest;
}

export function microseconds(milliseconds: number): number {
  return Math.round(milliseconds * 1000);
}

/** A table of medians and p99 in µs, each as a multiple of the first row's reciprocal: ours / theirs. */
export function printTimes(title: string, times: ReadonlyMap<string, Times>): void {
  const [own] = times.values();
  if (!own) return;
  console.log(title);
  console.table(
    Object.fromEntries(
      [...times].map(([name, { median, p99 }]) => [
        name,
        {
          'median, µs': microseconds(median),
          'p99, µs': microseconds(p99),
          'ours / median': (own.median / median).toFixed(2),
          'ours / p99': (own.p99 / p99).toFixed(2),
        },
      ]),
    ),
  );
}
