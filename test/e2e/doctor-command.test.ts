import { spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDynamicsCloud } from './support/dynamics-world.ts';
import { APP_ID } from './support/loopback-cloud.ts';
import { DOMAIN } from './support/mail-registry.ts';
import { productionEnvironment } from './support/program.ts';

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
  const loaders = [
    join(ROOT, 'node_modules/tsx/dist/esm/index.mjs'),
    join(import.meta.dirname, 'support/preload-redirect.mjs'),
  ];
  const command = spawn(
    process.execPath,
    [...loaders.flatMap((each) => ['--import', each]), join(ROOT, 'bot/cli/doctor.ts'), ...args],
    {
      cwd: await mkdtemp(join(tmpdir(), 'doctor-')),
      env: { PATH: process.env.PATH ?? '', LOOPBACK_CLOUD: 'http://127.0.0.1:9', ...settings },
    },
  );
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  command.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  command.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  const status = await new Promise<number | null>((resolve) => command.once('close', resolve));
  return { status, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() };
}

describe('npm run doctor', () => {
  it('finds a real installation right, changes nothing, and names no one', async (context) => {
    const { cloud, organization, secrets, settings } = await openDynamicsCloud(context);
    const installed = { ...productionEnvironment(settings), LOOPBACK_CLOUD: cloud.url };
    const { status, out, err } = await doctor(['--prove', '--lang', 'en'], installed);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).toContain('✓ Application user: known to the organization <id>, 9.2.');
    expect(out).toContain('✓ OAuth connection: dynamics; ');
    expect(out).toContain('! No more than reading: Besides reading it has ');
    expect(out).toMatch(/\n\d+ right, \d+ to look at, 0 wrong, 0 not checked\. /);
    expect(out).toContain('[confirmed] expired-token: ');
    const people = organization.rows('systemuser').map(({ values }) => values.fullname as string);
    const named = [...people, ...secrets(), new URL(organization.url).host, `@${DOMAIN}`, APP_ID];
    expect(named.filter((each) => each !== '# Mailbox Medic' && out.includes(each))).toEqual([]);
    expect(new Set(organization.seen.map(({ method }) => method))).toEqual(new Set(['GET']));
  });

  it('fails on an application user that was disabled, and says where to put that right', async (context) => {
    const { cloud, application, organization, settings } = await openDynamicsCloud(context);
    organization.change('systemuser', application.userId, { isdisabled: true });
    const installed = { ...productionEnvironment(settings), LOOPBACK_CLOUD: cloud.url };
    const { status, out } = await doctor(['--lang', 'sv'], installed);
    expect(status).toBe(1);
    expect(out).toContain('✗ Programanvändare: Programanvändaren är inaktiverad (403 0x80040225).');
    expect(out).toMatch(/ {4}Gör: Power Platform admin center ▸ .* ▸ Activate\./);
    expect(out).toContain('– Tabellen mailbox: Inte kontrollerat, på grund av: Programanvändare.');
  });

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
