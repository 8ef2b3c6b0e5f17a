import { open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { instantOf } from '../domain/time.ts';
import { AppError, asAppError, type Log } from '../observability/index.ts';
import type { Clock } from '../scheduler/index.ts';
import { FILE_MODE, isMissing, readText } from './durable-file.ts';
import { livenessOf, ownIdentity, type ProcessIdentity } from './process-identity.ts';

/** In real time, whatever the clock of the demo says. */
export interface LockTiming {
  /** How often the holder shows that it lives. */
  readonly beatMs: number;
  /** A holder on another machine that is silent for this long is taken for dead. */
  readonly silenceMs: number;
  readonly lookMs: number;
}
/** A killed process loses the directory within 10 s; on its own machine at once. */
const TIMING: LockTiming = { beatMs: 2_000, silenceMs: 8_000, lookMs: 500 };

const lockFile = z.object({
  pid: z.number().int(),
  host: z.string(),
  since: z.string(),
  pidSpace: z.string().nullable(),
  startTicks: z.string().nullable(),
  beat: z.number().int(),
  released: z.boolean(),
});
type LockFile = z.output<typeof lockFile>;

export interface DirectoryLock {
  /** Throws `data-directory-locked` when another process has taken over meanwhile. */
  assertHeld(): Promise<void>;
  release(): Promise<void>;
}

interface Generation {
  readonly number: number;
  /** Null while its maker is still writing it, or died there. */
  readonly holder: LockFile | null;
}

const nameOf = (generation: number): string => `lock-${generation}.json`;

async function generationsIn(directory: string): Promise<readonly number[]> {
  const names = await readdir(directory);
  return names.flatMap((name) => {
    const number = /^lock-(\d{1,15})\.json$/.exec(name)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
}

async function newestGeneration(directory: string): Promise<Generation> {
  const newest = Math.max(0, ...(await generationsIn(directory)));
  const text = newest === 0 ? null : await readText(join(directory, nameOf(newest)));
  return { number: newest, holder: parse(text) };
}

function parse(text: string | null): LockFile | null {
  if (text === null) return null;
  try {
    return lockFile.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/**
 * One writer to a directory. The lock is the file with the highest number; who judges its holder
 * dead makes the next number, which only one process can, and a released lock keeps its number, so
 * that no order of events gives two holders. (proper-lockfile was rejected: it knows neither pid
 * nor host, so that it can say neither who holds the lock nor that a killed process is gone.)
 */
export async function lockDirectory(
  directory: string,
  clock: Clock,
  log: Log,
  timing: LockTiming = TIMING,
): Promise<DirectoryLock> {
  const own = await ownIdentity();
  const since = instantOf(clock.now());
  for (;;) {
    const newest = await newestGeneration(directory);
    if (newest.number > 0 && !(await isFree(directory, newest, own, timing))) {
      throw lockedBy((await newestGeneration(directory)).holder);
    }
    const generation = newest.number + 1;
    if (await take(directory, generation, { ...own, since, beat: 0, released: false })) {
      await removeOlder(directory, generation);
      return hold(directory, generation, { ...own, since, beat: 0, released: false }, log, timing);
    }
  }
}

async function removeOlder(directory: string, generation: number): Promise<void> {
  for (const number of await generationsIn(directory)) {
    if (number < generation) await rm(join(directory, nameOf(number)), { force: true });
  }
}

async function take(directory: string, generation: number, holder: LockFile): Promise<boolean> {
  try {
    const handle = await open(join(directory, nameOf(generation)), 'wx', FILE_MODE);
    try {
      await handle.writeFile(JSON.stringify(holder));
    } finally {
      await handle.close();
    }
    return true;
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST') return false;
    throw thrown;
  }
}

async function isFree(
  directory: string,
  seen: Generation,
  own: ProcessIdentity,
  { silenceMs, lookMs }: LockTiming,
): Promise<boolean> {
  if (seen.holder?.released === true) return true;
  const liveness = seen.holder === null ? 'unknown' : await livenessOf(seen.holder, own);
  if (liveness !== 'unknown') return liveness === 'dead';
  // Clocks of two machines are not compared: what counts is whether the beat goes on.
  for (let waited = 0; waited < silenceMs; waited += lookMs) {
    await wait(lookMs);
    const now = await newestGeneration(directory);
    if (now.number !== seen.number || now.holder?.released === true)
      return now.number === seen.number;
    if (now.holder?.beat !== seen.holder?.beat) return false;
  }
  return true;
}

function lockedBy(holder: LockFile | null): AppError {
  const who =
    holder === null
      ? 'a process that is just starting'
      : `process ${holder.pid} on ${holder.host}, since ${holder.since}`;
  return new AppError(
    'data-directory-locked',
    `the data directory is in use by ${who}: stop that process, or choose another DATA_DIR`,
  );
}

function hold(
  directory: string,
  generation: number,
  first: LockFile,
  log: Log,
  timing: LockTiming,
): DirectoryLock {
  const path = join(directory, nameOf(generation));
  let holder = first;
  let lost: AppError | undefined;
  let beatAt = performance.now();
  let beating: Promise<void> = Promise.resolve();

  async function write(next: LockFile): Promise<void> {
    await writeFile(`${path}.tmp`, JSON.stringify(next), { mode: FILE_MODE });
    await rename(`${path}.tmp`, path);
    holder = next;
  }

  async function beat(): Promise<void> {
    if (lost !== undefined) return;
    try {
      const newest = await newestGeneration(directory);
      if (newest.number !== generation) {
        lost = lockedBy(newest.holder);
        log.error('data-directory-lost', { reason: lost.detail });
        return;
      }
      await write({ ...holder, beat: holder.beat + 1 });
      beatAt = performance.now();
    } catch (thrown) {
      const { detail } = asAppError(thrown);
      log.warn('heartbeat-failed', { reason: detail });
    }
  }

  const timer = setInterval(() => {
    beating = beating.then(beat);
  }, timing.beatMs);
  timer.unref();

  return {
    async assertHeld() {
      // A machine that slept through its beats may wake up without the lock.
      if (performance.now() - beatAt > timing.silenceMs / 2) await (beating = beating.then(beat));
      if (lost !== undefined) throw lost;
    },
    async release() {
      clearInterval(timer);
      await beating;
      if (lost !== undefined) return;
      await write({ ...holder, released: true }).catch((thrown: unknown) => {
        // The folder may have gone with the test or the volume that held it.
        if (!isMissing(thrown)) throw thrown;
      });
    },
  };
}
