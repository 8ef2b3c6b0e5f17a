import { describe, expect, it } from 'vitest';
import { loadConfig, loadEngineConfig } from '../../../services/config/index.ts';

const KEY = 'k'.repeat(32);
const bot = {
  MicrosoftAppId: '11111111-2222-4333-8444-555555555555',
  MicrosoftAppPassword: 'a client secret',
  MicrosoftAppTenantId: '99999999-8888-4777-8666-555555555555',
  DIRECTORY_FILE: 'people.yaml',
  ENGINE: 'remote',
  ENGINE_URL: 'https://engine.contoso.example',
  ENGINE_KEY: KEY,
};
const engine = { ENGINE_FILE: 'mailboxes.yaml', ENGINE_KEY: KEY };

type Loading = ReturnType<typeof loadConfig> | ReturnType<typeof loadEngineConfig>;
const problemsOf = (loaded: Loading): readonly string[] =>
  loaded.kind === 'invalid' ? loaded.problems.map(({ path, what }) => `${path} ${what}`) : [];

describe('the settings of a bot with a remote engine', () => {
  it('need its address and key, and no file with mailboxes', () => {
    const loaded = loadConfig(bot);
    expect(loaded).toMatchObject({ kind: 'loaded', config: { engine: { kind: 'remote' } } });
    expect(JSON.stringify(loaded)).not.toContain(KEY);
    expect(problemsOf(loadConfig({ ...bot, ENGINE_URL: '', ENGINE_KEY: '' }))).toEqual([
      'ENGINE_URL is not set',
      'ENGINE_KEY is not set',
    ]);
  });

  it.each([
    ['http://engine.contoso.example', ['ENGINE_URL is not encrypted']],
    ['http://127.0.0.1.contoso.example', ['ENGINE_URL is not encrypted']],
    ['http://10.0.0.7:3979', ['ENGINE_URL is not encrypted']],
    ['http://127.0.0.1:3979', []],
    ['http://localhost:3979', []],
    ['http://[::1]:3979', []],
    ['ftp://engine.contoso.example', ['ENGINE_URL must be an https address']],
    ['engine', ['ENGINE_URL must be an https address']],
    ['https://me:pass@engine.contoso.example', ['ENGINE_URL holds more than an address']],
  ])('at %s', (address, problems) => {
    expect(problemsOf(loadConfig({ ...bot, ENGINE_URL: address }))).toEqual(problems);
  });

  it('allow plain http to other machines when told so', () => {
    const told = { ...bot, ENGINE_URL: 'http://10.0.0.7:3979', ENGINE_PLAIN_HTTP: 'allowed' };
    expect(problemsOf(loadConfig(told))).toEqual([]);
  });

  it('refuse a key that can be guessed', () => {
    expect(problemsOf(loadConfig({ ...bot, ENGINE_KEY: 'short' }))).toEqual([
      'ENGINE_KEY must have 32 characters or more',
    ]);
  });
});

describe('the settings of the engine’s own process', () => {
  it('ask for nothing of Teams', () => {
    expect(loadEngineConfig(engine)).toMatchObject({
      kind: 'loaded',
      config: { port: 3978, host: '127.0.0.1', file: 'mailboxes.yaml' },
    });
  });

  it('refuse to start without a key and a file, all problems at once', () => {
    expect(problemsOf(loadEngineConfig({ PORT: 'abc' })).map((one) => one.split(' ')[0])).toEqual([
      'ENGINE_FILE',
      'ENGINE_KEY',
      'PORT',
    ]);
  });

  it('let other machines in without TLS only when told so', () => {
    const open = { ...engine, HOST: '0.0.0.0' };
    expect(problemsOf(loadEngineConfig(open))).toEqual([
      'HOST lets other machines speak to it without TLS',
    ]);
    expect(problemsOf(loadEngineConfig({ ...open, ENGINE_PLAIN_HTTP: 'allowed' }))).toEqual([]);
  });
});
