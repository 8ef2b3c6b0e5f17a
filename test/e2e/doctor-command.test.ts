import { spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

const ROOT = join(import.meta.dirname, '../..');

/** Runs the command as `npm run doctor` does, in a folder without an .env and with these settings alone. */
async function doctor(
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const imports = ['--import', join(ROOT, 'node_modules/tsx/dist/esm/index.mjs')];
  const command = spawn(process.execPath, [...imports, join(ROOT, 'bot/cli/doctor.ts'), ...args], {
    cwd: await mkdtemp(join(tmpdir(), 'doctor-')),
    env: { PATH: process.env.PATH ?? '', ...settings },
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  command.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  command.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  const status = await new Promise<number | null>((resolve) => command.once('close', resolve));
  return { status, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() };
}

describe('npm run doctor', () => {
  it('names every setting that is missing, checks nothing else, and fails', async () => {
    const { status, out, err } = await doctor(['--lang', 'en']);
    expect({ status, err }).toEqual({ status: 1, err: '' });
    expect(out).toMatch(/^✗ Settings: MicrosoftAppPassword is not set, /);
    expect(out).toContain('    Do: Set MicrosoftAppId: application (client) id of the bot');
    expect(out).toContain('– Table mailbox: Not checked, because of: Settings.');
    expect(out).toMatch(
      /\n0 right, 0 to look at, 1 wrong, \d+ not checked\. Nothing was changed\.\n$/,
    );
  });

  it('speaks the language of the terminal', async () => {
    const { out } = await doctor([], { LANG: 'sv_SE.UTF-8' });
    expect(out).toMatch(/^✗ Inställningar: /);
    expect(out).toContain('Inget har ändrats.');
  });

  it('answers in JSON, in both languages at once', async () => {
    const { status, out } = await doctor(['--json', '--prove']);
    const { checks, assumptions } = JSON.parse(out) as Record<string, Record<string, unknown>[]>;
    expect(status).toBe(1);
    expect(checks?.[0]).toMatchObject({ id: 'settings', outcome: 'failed' });
    expect(checks?.[0]).toMatchObject({ title: { en: 'Settings', sv: 'Inställningar' } });
    expect(new Set(assumptions?.map(({ verdict }) => verdict))).toEqual(new Set(['open']));
  });

  it('tells how it is used', async () => {
    for (const args of [['--lang', 'de'], ['--fix']]) {
      const { status, out, err } = await doctor(args);
      expect({ status, out }).toEqual({ status: 2, out: '' });
      expect(err).toContain('Usage: doctor');
    }
  });
});
