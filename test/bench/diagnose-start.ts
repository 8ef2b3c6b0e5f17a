import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { timesOf } from './timing.ts';

const CHILD = join(import.meta.dirname, 'diagnose-start-child.ts');
const STARTS = 5;

export interface Start {
  readonly milliseconds: number;
  readonly heapMegabytes: number;
}

/** How long a fresh process takes to read and compile the articles, and what they weigh. */
export async function printStart(): Promise<void> {
  const run = promisify(execFile);
  const starts: Start[] = [];
  for (let count = 0; count < STARTS; count++) {
    const { stdout } = await run(process.execPath, ['--expose-gc', '--import', 'tsx', CHILD]);
    starts.push(JSON.parse(stdout) as Start);
  }
  const times = starts.map(({ milliseconds }) => milliseconds);
  console.log(`\ndiagnose: start of the full catalogue in ${STARTS} fresh processes`);
  console.table({
    'median, ms': Math.round(timesOf(times).median),
    'shortest, ms': Math.round(Math.min(...times)),
    'heap growth, MB': Math.round(Math.max(...starts.map(({ heapMegabytes }) => heapMegabytes))),
  });
}
