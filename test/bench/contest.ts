import { performance } from 'node:perf_hooks';

const PAIRS = 24;
const TESTS = 20;
/** Before it counts: what runs for the first time is compiled while it runs. */
const WARM_UPS = 5;
/** At once; both sides alike. */
const CONCURRENCY = 4;

export type Session = () => Promise<void>;

/** A whole test of ours against the bare client library doing the same errand. */
interface Contest {
  readonly name: string;
  readonly ours: Session;
  readonly bare: Session;
}

interface Cost {
  readonly cpuMs: number;
  readonly perSecond: number;
}

/** Interleaved pairs, so that what disturbs the machine disturbs both; the median of their quotients. */
export async function contend(servers: string, contests: readonly Contest[]): Promise<void> {
  const rows: Record<string, object> = {};
  for (const { name, ours, bare } of contests) {
    for (let time = 0; time < WARM_UPS; time += 1) {
      await costOf(ours);
      await costOf(bare);
    }
    const pairs: { ours: Cost; bare: Cost }[] = [];
    for (let pair = 0; pair < PAIRS; pair += 1) {
      if (pair % 2 === 0) {
        const first = await costOf(ours);
        pairs.push({ ours: first, bare: await costOf(bare) });
      } else {
        const first = await costOf(bare);
        pairs.push({ bare: first, ours: await costOf(ours) });
      }
    }
    const middle = (value: (pair: (typeof pairs)[number]) => number): number =>
      median(pairs.map(value));
    rows[name] = {
      'CPU per test, ms': middle((pair) => pair.ours.cpuMs).toFixed(2),
      'bare, ms': middle((pair) => pair.bare.cpuMs).toFixed(2),
      'CPU: bare / ours': middle((pair) => pair.bare.cpuMs / pair.ours.cpuMs).toFixed(2),
      'tests/s': middle((pair) => pair.ours.perSecond).toFixed(0),
      'bare/s': middle((pair) => pair.bare.perSecond).toFixed(0),
      'tests/s: ours / bare': middle((pair) => pair.ours.perSecond / pair.bare.perSecond).toFixed(
        2,
      ),
    };
  }
  console.log(
    `${PAIRS} interleaved pairs of ${TESTS} whole tests, ${CONCURRENCY} at once, on ${servers}; medians. The aim is 0.90 and more.`,
  );
  console.table(rows);
}

async function costOf(session: Session): Promise<Cost> {
  let left = TESTS;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await session();
    }
  };
  const cpu = process.cpuUsage();
  const began = performance.now();
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { cpuMs: (user + system) / 1000 / TESTS, perSecond: TESTS / seconds };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
