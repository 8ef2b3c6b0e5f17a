import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig, packageRoot, settings } from '../../../services/config/index.ts';

const complete = {
  MicrosoftAppId: '11111111-2222-4333-8444-555555555555',
  MicrosoftAppPassword: 'a client secret',
  MicrosoftAppTenantId: '99999999-8888-4777-8666-555555555555',
  ENGINE_FILE: 'mailboxes.yaml',
  DIRECTORY_FILE: 'people.yaml',
};

function problemsOf(env: Record<string, string>): readonly string[] {
  const loaded = loadConfig(env);
  return loaded.kind === 'invalid' ? loaded.problems.map((one) => `${one.path} ${one.what}`) : [];
}

describe('configuration', () => {
  it('fills in the documented defaults and answers only the bot’s own tenant', () => {
    const loaded = loadConfig(complete);
    expect(loaded).toMatchObject({
      kind: 'loaded',
      config: {
        port: 3978,
        host: '127.0.0.1',
        bot: { appType: 'SingleTenant', allowedTenants: [complete.MicrosoftAppTenantId] },
        engine: { kind: 'embedded', file: 'mailboxes.yaml' },
      },
    });
  });

  it('reports every problem at once, each with its remedy', () => {
    const loaded = loadConfig({ PORT: 'abc', MicrosoftAppId: 'not-a-guid' });
    expect(loaded.kind).toBe('invalid');
    if (loaded.kind !== 'invalid') return;
    expect(loaded.problems.map((one) => one.path).sort()).toEqual([
      'DIRECTORY_FILE',
      'ENGINE_FILE',
      'MicrosoftAppId',
      'MicrosoftAppPassword',
      'MicrosoftAppTenantId',
      'PORT',
    ]);
    for (const one of loaded.problems) expect(one.remedy).toContain(one.path);
  });

  it('refuses to start without an app id, which would let everybody in', () => {
    expect(problemsOf({ ...complete, MicrosoftAppId: '' })).toEqual(['MicrosoftAppId is not set']);
  });

  it('refuses a single-tenant bot without its secret but not a managed identity', () => {
    expect(problemsOf({ ...complete, MicrosoftAppPassword: '' })).toEqual([
      'MicrosoftAppPassword is not set',
    ]);
    expect(
      problemsOf({ ...complete, MicrosoftAppPassword: '', MicrosoftAppType: 'UserAssignedMSI' }),
    ).toEqual([]);
  });

  it('refuses a redirection of the sign-in, even with everything else in order', () => {
    expect(
      problemsOf({ ...complete, ToBotFromChannelOpenIdMetadataUrl: 'https://evil.example/keys' }),
    ).toEqual(['ToBotFromChannelOpenIdMetadataUrl redirects the Bot Framework’s sign-in']);
  });

  it('reads a secret from the file that NAME_FILE names and never prints it', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'secret-')), 'password');
    await writeFile(file, 'from a file\n');
    const loaded = loadConfig({
      ...complete,
      MicrosoftAppPassword: '',
      MicrosoftAppPassword_FILE: file,
    });
    expect(loaded.kind).toBe('loaded');
    if (loaded.kind !== 'loaded') return;
    expect(loaded.config.bot.password?.reveal()).toBe('from a file');
    expect(JSON.stringify(loaded.config)).not.toContain('from a file');
  });

  it('says so when a NAME_FILE cannot be read', () => {
    expect(
      problemsOf({
        ...complete,
        MicrosoftAppPassword: '',
        MicrosoftAppPassword_FILE: '/nowhere',
      })[0],
    ).toContain('cannot be read from /nowhere');
  });

  it('is described completely by .env.example', async () => {
    const example = await readFile(join(packageRoot(), '.env.example'), 'utf8');
    const lines = example.split('\n');
    const named = lines
      .filter((line) => /^[A-Za-z_]+=/.test(line))
      .map((line) => line.split('=')[0]);
    expect(named).toEqual(Object.keys(settings));
    for (const [name, { purpose }] of Object.entries(settings)) {
      const at = lines.findIndex((line) => line.startsWith(`${name}=`));
      expect(lines[at - 1]).toBe(`# ${purpose}`);
    }
  });
});
