import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';

/** Milliseconds. */
export interface Times {
  readonly median: number;
  readonly p99: number;
}

/** Work of several competitors, in turns: what disturbs the machine disturbs all of them. */
export function timesInTurns<Name extends string>(
  competitors: Readonly<Record<Name, (round: number) => unknown>>,
  { rounds, warmUps }: { readonly rounds: number; readonly warmUps: number },
): Readonly<Record<Name, Times>> {
  const names = Object.keys(competitors) as Name[];
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = -warmUps; round < rounds; round++) {
    for (const name of names) {
      const work = competitors[name];
      const began = performance.now();
      work(Math.abs(round));
      if (round >= 0) times.get(name)?.push(performance.now() - began);
    }
  }
  return Object.fromEntries(names.map((name) => [name, timesOf(times.get(name) ?? [])])) as Record<
    Name,
    Times
  >;
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
