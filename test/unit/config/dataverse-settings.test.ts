import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../services/config/index.ts';

const bot = {
  MicrosoftAppId: '11111111-2222-4333-8444-555555555555',
  MicrosoftAppPassword: 'a client secret',
  MicrosoftAppTenantId: '99999999-8888-4777-8666-555555555555',
  DIRECTORY_FILE: 'people.yaml',
  ENGINE: 'dataverse',
  DATAVERSE_URL: 'https://contoso.crm4.dynamics.com',
  DATAVERSE_CLIENT_ID: '22222222-3333-4444-8555-666666666666',
  DATAVERSE_CLIENT_SECRET: 'another client secret',
};
const PEM = [
  '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----',
  '-----BEGIN CERTIFICATE-----\nBBBB\n-----END CERTIFICATE-----',
];

/** Beside that the directory is not in this version, as long as it is not. */
function problemsOf(env: Record<string, string>): readonly string[] {
  const loaded = loadConfig({ ...bot, ...env });
  if (loaded.kind === 'loaded') return [];
  for (const { remedy } of loaded.problems) expect(remedy).not.toBe('');
  return loaded.problems
    .map(({ path, what }) => `${path} ${what}`)
    .filter((problem) => problem !== 'DIRECTORY is graph');
}

describe('the settings of a bot with Dynamics 365', () => {
  it('are its address, its application and a secret', () => {
    expect(problemsOf({})).toEqual([]);
    expect(
      problemsOf({ DATAVERSE_URL: '', DATAVERSE_CLIENT_ID: '', DATAVERSE_CLIENT_SECRET: '' }),
    ).toEqual([
      'DATAVERSE_URL is not set',
      'DATAVERSE_CLIENT_ID is not set',
      'DATAVERSE_CLIENT_SECRET is not set',
    ]);
  });

  it.each([
    ['https://contoso.crm.dynamics.com/', []],
    ['https://contoso.crm21.dynamics.com', []],
    ['https://contoso.api.crm4.dynamics.com', []],
    ['https://contoso.crm.microsoftdynamics.us', []],
    ['https://contoso.crm.appsplatform.us', []],
    ['https://contoso.crm.dynamics.cn', []],
    ['http://127.0.0.1:5000', []],
    ['http://contoso.crm4.dynamics.com', ['DATAVERSE_URL is not encrypted']],
    ['https://contoso.crm4.dynamics.com/main.aspx', ['DATAVERSE_URL holds more than an address']],
    ['https://contoso.crm4.dynamics.com:8443', ['DATAVERSE_URL holds more than an address']],
    ['https://a:b@contoso.crm4.dynamics.com', ['DATAVERSE_URL holds more than an address']],
    ['https://contoso.crm4.dynamics.com?x=1', ['DATAVERSE_URL holds more than an address']],
    ['https://evil.example', ['DATAVERSE_URL is not a host of Dynamics 365 online']],
    [
      'https://contoso.crm4.dynamics.com.evil.example',
      ['DATAVERSE_URL is not a host of Dynamics 365 online'],
    ],
    ['https://crm4.dynamics.com', ['DATAVERSE_URL is not a host of Dynamics 365 online']],
    ['contoso', ['DATAVERSE_URL must be an https address']],
  ])('at %s', (address, problems) => {
    expect(problemsOf({ DATAVERSE_URL: address })).toEqual(problems);
  });

  it('take a certificate instead of the secret, but not both', () => {
    const pem = PEM.join('\n');
    expect(problemsOf({ DATAVERSE_CLIENT_SECRET: '', DATAVERSE_CLIENT_CERTIFICATE: pem })).toEqual(
      [],
    );
    expect(problemsOf({ DATAVERSE_CLIENT_CERTIFICATE: PEM.toReversed().join('\n') })).toEqual([
      'DATAVERSE_CLIENT_SECRET is set together with DATAVERSE_CLIENT_CERTIFICATE',
    ]);
    expect(
      problemsOf({ DATAVERSE_CLIENT_SECRET: '', DATAVERSE_CLIENT_CERTIFICATE: PEM[1] ?? '' }),
    ).toEqual(['DATAVERSE_CLIENT_CERTIFICATE must hold a certificate and its private key as PEM']);
  });

  it('need no secret with a managed identity', () => {
    const env = { DATAVERSE_AUTHENTICATION: 'managed-identity', DATAVERSE_CLIENT_SECRET: '' };
    expect(problemsOf(env)).toEqual([]);
  });

  it('on-premises are any https address, an account, and with AD FS a client of it', () => {
    const nothing = { DATAVERSE_CLIENT_ID: '', DATAVERSE_CLIENT_SECRET: '' };
    const ntlm = {
      ...nothing,
      DATAVERSE_AUTHENTICATION: 'ntlm',
      DATAVERSE_URL: 'https://crm.contoso.example/Contoso',
      DATAVERSE_USER: 'CONTOSO\\medic',
      DATAVERSE_PASSWORD: 'a password',
    };
    expect(problemsOf(ntlm)).toEqual([]);
    expect(problemsOf({ ...ntlm, DATAVERSE_URL: 'http://crm.contoso.example' })).toEqual([
      'DATAVERSE_URL is not encrypted',
    ]);
    expect(problemsOf({ ...ntlm, DATAVERSE_USER: '', DATAVERSE_PASSWORD: '' })).toEqual([
      'DATAVERSE_USER is not set',
      'DATAVERSE_PASSWORD is not set',
    ]);
    const adfs = { ...ntlm, DATAVERSE_AUTHENTICATION: 'adfs' };
    expect(problemsOf(adfs)).toEqual([
      'DATAVERSE_TOKEN_URL is not set',
      'DATAVERSE_CLIENT_ID is not set',
    ]);
    const client = { DATAVERSE_CLIENT_ID: bot.DATAVERSE_CLIENT_ID };
    const tokenUrl = 'https://adfs.contoso.example/adfs/oauth2/token';
    expect(problemsOf({ ...adfs, ...client, DATAVERSE_TOKEN_URL: tokenUrl })).toEqual([]);
    expect(
      problemsOf({ ...adfs, ...client, DATAVERSE_TOKEN_URL: tokenUrl.replace('https', 'http') }),
    ).toEqual(['DATAVERSE_TOKEN_URL must be an https address']);
  });

  it('refuse a key of the webhook that can be guessed', () => {
    expect(problemsOf({ WEBHOOK_KEY: 'short' })).toEqual([
      'WEBHOOK_KEY must have 32 characters or more',
    ]);
  });

  it('are asked for with DIRECTORY=graph too, which needs no file with people', () => {
    const graph = { ENGINE_FILE: 'mailboxes.yaml', ENGINE: 'embedded', DIRECTORY: 'graph' };
    expect(problemsOf({ ...graph, DIRECTORY_FILE: '' })).toEqual([]);
    expect(problemsOf({ ...graph, DATAVERSE_CLIENT_ID: '' })).toEqual([
      'DATAVERSE_CLIENT_ID is not set',
    ]);
    expect(problemsOf({ DIRECTORY: 'static', DIRECTORY_FILE: '' })).toEqual([
      'DIRECTORY_FILE is not set',
    ]);
  });

  it('hold secrets that may come from files', () => {
    expect(
      problemsOf({ DATAVERSE_CLIENT_SECRET: '', DATAVERSE_CLIENT_SECRET_FILE: '/no' }),
    ).toEqual(['DATAVERSE_CLIENT_SECRET cannot be read from /no (DATAVERSE_CLIENT_SECRET_FILE)']);
  });

  it('say which mail servers are looked at, and are no free words', () => {
    expect(problemsOf({ LOOK_AT_SERVERS: 'internal' })).toEqual([]);
    expect(problemsOf({ LOOK_AT_SERVERS: 'all' })).toEqual([
      'LOOK_AT_SERVERS must be public, internal or off',
    ]);
  });
});
