import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockDirectory } from '../../../services/store/directory-lock.ts';
import { ownIdentity } from '../../../services/store/process-identity.ts';
import { createFakeScheduler } from '../../support/fake-scheduler.ts';
import { createRecordingLog } from '../../support/recording-log.ts';
import { silentLog } from '../../support/silent-log.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const clock = createFakeScheduler();
const quick = { beatMs: 10, silenceMs: 300, lookMs: 20 };
const lock = (directory: string, log = silentLog) => lockDirectory(directory, clock, log, quick);

async function writeLock(directory: string, number: number, changes: object): Promise<void> {
  const holder = { ...(await ownIdentity()), since: '2026-11-23T07:00:00.000Z', beat: 3 };
  await writeFile(
    join(directory, `lock-${number}.json`),
    JSON.stringify({ ...holder, released: false, ...changes }),
  );
}

/** The pid of a process that has just ended. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'close');
  return child.pid ?? 0;
}

describe('the lock of a data directory', () => {
  it('refuses a second holder and says which process has it, where and since when', async () => {
    const directory = await temporaryDirectory();
    const first = await lock(directory);
    await expect(lock(directory)).rejects.toMatchObject({
      code: 'data-directory-locked',
      detail: expect.stringContaining(
        `process ${process.pid} on ${hostname()}, since 2026-11-23T08:00:00.000Z`,
      ) as string,
    });
    await first.release();
    await (await lock(directory)).release();
  });

  it('is taken at once from a process that was killed on this machine', async () => {
    const directory = await temporaryDirectory();
    await writeLock(directory, 4, { pid: await deadPid(), startTicks: '1' });
    const held = await lockDirectory(directory, clock, silentLog, {
      ...quick,
      // A wait for silence would outlast the test.
      silenceMs: 600_000,
    });
    await held.assertHeld();
    expect(await readdir(directory)).toEqual(['lock-5.json']);
    await held.release();
  });

  it('is not kept by another process that got the number of a dead one', async () => {
    const directory = await temporaryDirectory();
    await writeLock(directory, 1, { pid: process.pid, startTicks: '1' });
    await (await lock(directory)).release();
  });

  it('is taken from another machine that has fallen silent', async () => {
    const directory = await temporaryDirectory();
    await writeLock(directory, 1, { pidSpace: 'another boot', host: 'elsewhere' });
    await (await lock(directory)).release();
    expect(await readdir(directory)).toEqual(['lock-2.json']);
  });

  it('is left to another machine whose heart beats', async () => {
    const directory = await temporaryDirectory();
    let beat = 0;
    let writing = Promise.resolve();
    const heart = setInterval(() => {
      beat += 1;
      writing = writing.then(() =>
        writeLock(directory, 1, { pidSpace: 'another boot', host: 'elsewhere', beat }),
      );
    }, 15);
    await writeLock(directory, 1, { pidSpace: 'another boot', host: 'elsewhere', beat });
    await expect(lock(directory)).rejects.toMatchObject({
      code: 'data-directory-locked',
      detail: expect.stringMatching(/on elsewhere|just starting/) as string,
    });
    clearInterval(heart);
    await writing;
  });

  it('goes to one of many that all find its holder dead', async () => {
    const directory = await temporaryDirectory();
    await writeLock(directory, 1, { pid: await deadPid(), startTicks: '1' });
    const attempts = await Promise.allSettled(Array.from({ length: 12 }, () => lock(directory)));
    const winners = attempts.flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
    expect(winners).toHaveLength(1);
    await winners[0]?.release();
  });

  it('beats', async () => {
    const directory = await temporaryDirectory();
    const held = await lock(directory);
    const beat = async (): Promise<number> => {
      const text = await readFile(join(directory, 'lock-1.json'), 'utf8');
      return (JSON.parse(text) as { beat: number }).beat;
    };
    await expect.poll(beat).toBeGreaterThan(1);
    await held.release();
  });

  it('tells a holder that was taken for dead meanwhile, and leaves the new lock alone', async () => {
    const directory = await temporaryDirectory();
    const log = createRecordingLog();
    const slept = await lock(directory, log);
    await writeLock(directory, 2, { host: 'elsewhere' });
    await expect.poll(() => log.lines.map(({ event }) => event)).toContain('data-directory-lost');
    await expect(slept.assertHeld()).rejects.toMatchObject({ code: 'data-directory-locked' });
    await slept.release();
    const text = await readFile(join(directory, 'lock-2.json'), 'utf8');
    expect(JSON.parse(text)).toMatchObject({ host: 'elsewhere', released: false });
  });
});
