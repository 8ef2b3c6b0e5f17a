import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createTimerScheduler } from '../../services/scheduler/index.ts';
import { openFileStore } from '../../services/store/index.ts';
import { silentLog } from '../support/silent-log.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { type Call, parseTrace } from './support/strace.ts';

const WRITER = new URL('../support/store-writer.ts', import.meta.url).pathname;
const ROUNDS = 24;

/** mulberry32: small, and the same numbers for the same seed everywhere. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function startWriter(directory: string): ChildProcess & { readonly lines: string[] } {
  const child = spawn(process.execPath, ['--import', 'tsx', WRITER, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  return Object.assign(child, { lines });
}

async function firstLine(child: ChildProcess & { readonly lines: string[] }): Promise<void> {
  if (child.lines.length === 0 && child.stdout !== null) await once(child.stdout, 'data');
}

async function everyFileParses(directory: string): Promise<number> {
  const files = await readdir(directory, { recursive: true, withFileTypes: true });
  const json = files.filter((file) => file.isFile() && /\.json(?:\.bak)?$/.test(file.name));
  for (const file of json) JSON.parse(await readFile(join(file.parentPath, file.name), 'utf8'));
  return json.length;
}

describe('a store whose process is killed', () => {
  it('has everything that was acknowledged, all or nothing of every transaction', async () => {
    const seed = Number(process.env['STORE_CRASH_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
    console.log(`store crash seed: STORE_CRASH_SEED=${seed}`);
    const random = createRandom(seed);
    const directory = await temporaryDirectory();
    const scheduler = createTimerScheduler({ log: silentLog });
    let acknowledged = 0;
    let filesSeen = 0;
    for (let round = 1; round <= ROUNDS; round++) {
      const child = startWriter(directory);
      const gone = once(child, 'close');
      await firstLine(child);
      // The one wait that no event can replace: the point of the crash is a point in time.
      await setTimeout(Math.floor(random() * 120));
      child.kill('SIGKILL');
      await gone;
      for (const line of child.lines) {
        const number = /^acknowledged (\d+)$/.exec(line)?.[1];
        if (number !== undefined) acknowledged = Math.max(acknowledged, Number(number));
      }
      filesSeen += await everyFileParses(directory);
      // Every other round the next writer recovers by itself, from a log of several crashes.
      if (round % 2 === 1 && round < ROUNDS) continue;
      const store = await openFileStore({ directory, log: silentLog, clock: scheduler });
      const total = (await store.get('mailboxStates', 'total'))?.version ?? 0;
      expect(total, `round ${round}: the last acknowledged one is there`).toBeGreaterThanOrEqual(
        acknowledged,
      );
      const expected = Array.from({ length: total }, (_, index) => index + 1);
      const mailboxes = (await store.find('mailboxStates')).filter(({ id }) => id !== 'total');
      const numbers = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);
      expect(numbers(mailboxes.map(({ version }) => version))).toEqual(expected);
      expect(numbers((await store.find('outbox')).map(({ attempts }) => attempts))).toEqual(
        expected,
      );
      const audit = (await store.readAudit(total + 10)).map(({ subject }) => subject);
      expect(audit.toReversed()).toEqual(expected.map((number) => `mailbox-${number}`));
      await store.close();
    }
    await scheduler.stop();
    console.log(`${ROUNDS} kills, ${acknowledged} acknowledged, ${filesSeen} files parsed`);
    expect(acknowledged).toBeGreaterThan(ROUNDS);
  });
});

function hasStrace(): boolean {
  try {
    execFileSync('strace', ['-V'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
const straceFound = hasStrace();
if (!straceFound && process.env['CI'] !== 'true') {
  console.warn('SKIPPED: the order of a commit on disk needs strace (apt-get install strace)');
}

describe.skipIf(!straceFound && process.env['CI'] !== 'true')('a commit, traced', () => {
  it('is written, fsynced, renamed and its folder fsynced before it is acknowledged', async () => {
    expect(straceFound, 'strace is installed (apt-get install strace)').toBe(true);
    const directory = join(await temporaryDirectory(), 'data');
    const trace = `${directory}.trace`;
    const calls = 'openat,write,pwrite64,fsync,fdatasync,?rename,?renameat,?renameat2';
    const traced = spawn(
      'strace',
      ['-f', '-y', '-s', '64', '-e', `trace=${calls}`, '-o', trace].concat(
        process.execPath,
        '--import',
        'tsx',
        WRITER,
        directory,
        '1',
      ),
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    traced.stdout.resume();
    const [code] = (await once(traced, 'close')) as [number];
    expect(code).toBe(0);
    const done = parseTrace(await readFile(trace, 'utf8'));

    const redo = `${directory}/redo`;
    const commit = `${redo}/000000000001.json`;
    expectInOrder(done, [
      { name: 'openat', text: `"${commit}.tmp"` },
      { name: 'write', text: `<${commit}.tmp>` },
      { name: 'fsync', text: `<${commit}.tmp>` },
      { name: 'rename', text: `"${commit}.tmp", "${commit}"` },
      { name: 'openat', text: `"${redo}"` },
      { name: 'fsync', text: `<${redo}>` },
      { name: 'write', text: `<${directory}/audit.jsonl>` },
      { name: 'fdatasync', text: `<${directory}/audit.jsonl>` },
      { name: 'write', text: '"acknowledged 1' },
      // The checkpoint at closing time, by the same rule.
      { name: 'write', text: `<${directory}/mailbox-states-` },
      { name: 'fsync', text: `<${directory}/mailbox-states-` },
      { name: 'rename', text: `"${directory}/mailbox-states-` },
      { name: 'fsync', text: `<${directory}>` },
    ]);
  });
});

/** Each call has ended, successfully, before the next one in the list begins. */
function expectInOrder(
  calls: readonly Call[],
  steps: readonly { name: string; text: string }[],
): void {
  let after = -1;
  for (const { name, text } of steps) {
    const call = calls.find(
      (each) => each.begun > after && each.name.startsWith(name) && each.text.includes(text),
    );
    expect(call, `${name} ${text} after line ${after}`).toBeDefined();
    expect(call?.result, `${name} ${text}`).toBeGreaterThanOrEqual(0);
    after = call?.ended ?? after;
  }
}
