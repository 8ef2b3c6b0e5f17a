import { execFile } from 'node:child_process';
import { mkdtemp, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { manifestFolder } from './manifest-folder.ts';

const appId = '7c0d6a52-3c55-4c8f-9a3e-0d6c0f6a7e11';

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The command itself, as `npm run package` starts it. */
function runPackage(args: readonly string[], timeZone = 'UTC'): Promise<Run> {
  const command = ['--import', 'tsx', path.join(manifestFolder, 'package.ts'), ...args];
  const cwd = path.dirname(manifestFolder);
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      command,
      { cwd, env: { ...process.env, TZ: timeZone } },
      (_, out, err) => resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

const newFile = async () =>
  path.join(await mkdtemp(path.join(tmpdir(), 'package-')), 'new', 'app.zip');

// Each run starts Node and tsx and compiles Microsoft's schemas: seconds, where all tests run at once.
describe('npm run package', { timeout: 60_000 }, () => {
  it('writes the same zip twice, in any time zone, and says where', async () => {
    const [first, second] = [await newFile(), await newFile()];
    const runs = await Promise.all([
      runPackage(['--app-id', appId, '--out', first], 'Pacific/Kiritimati'),
      runPackage(['--app-id', appId.toUpperCase(), '--out', second], 'America/Los_Angeles'),
    ]);
    expect(runs.map(({ code }) => code)).toEqual([0, 0]);
    expect(runs[0].out).toContain(first);
    expect(Buffer.compare(await readFile(first), await readFile(second))).toBe(0);
  });

  it('warns of the example pages until they are given', async () => {
    const out = await newFile();
    const tried = await runPackage([
      '--app-id',
      appId,
      '--out',
      out,
      '--terms',
      'https://a.example/t',
    ]);
    expect(tried.err).toContain('--privacy');
    expect(tried.err).not.toContain('--terms');
  });

  it.each([
    [[], '--app-id is missing'],
    [['--app-id', 'abc'], '“abc”, which is no GUID'],
    [['--app-id', appId, '--ut', 'x'], "'--ut'"],
    [
      ['--app-id', appId, '--website', 'http://a.example'],
      'developer.websiteUrl is no https address',
    ],
  ])('with %j writes nothing, says what is wrong, and exits 1', async (args, complaint) => {
    const out = await newFile();
    const run = await runPackage(['--out', out, ...args]);
    expect(run).toMatchObject({ code: 1, out: '' });
    expect(run.err).toContain(complaint);
    await expect(stat(out)).rejects.toThrow('ENOENT');
  });
});
