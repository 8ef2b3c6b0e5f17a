import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { idOf } from '../../../../services/domain/ids.ts';
import { loadRegistry } from '../../../../services/sync-engine/index.ts';

const GOOD = `
organizations:
  - { id: contoso, name: Contoso, deployment: on-premises }
profiles:
  - id: exchange
    organization: contoso
    name: Contoso Exchange
    serverType: exchange-server
    autodiscover: false
    location: https://mail.contoso.test:8443/EWS/Exchange.asmx
    exchangeVersion: '2016'
    credentialSource: profile
    credentials: { userName: 'CONTOSO\\service', password: { env: PASSWORD } }
    impersonation: true
mailboxes:
  - id: anna
    name: Anna Ek
    address: anna.ek@contoso.test
    profile: exchange
    methods: { act: server-side-synchronization }
`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'registry-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function load(yaml: string) {
  const file = join(folder, 'engine.yaml');
  await writeFile(file, yaml);
  return loadRegistry(file, { PASSWORD: 'pw' });
}

async function profileIn(yaml: string) {
  const loading = await load(yaml);
  if (loading.kind !== 'loaded') throw new TypeError(JSON.stringify(loading.problems));
  return loading.registry.profiles.get(idOf('exchange'))!;
}

async function problemsIn(yaml: string): Promise<readonly string[]> {
  const loading = await load(yaml);
  if (loading.kind === 'loaded') return [];
  return loading.problems.map(({ path, what }) => `${path}: ${what}`);
}

const AUTODISCOVER: readonly [string, string] = [
  `autodiscover: false
    location: https://mail.contoso.test:8443/EWS/Exchange.asmx`,
  'autodiscover: true',
];
const OAUTH: readonly [string, string] = [
  `credentials: { userName: 'CONTOSO\\service', password: { env: PASSWORD } }`,
  `authentication: oauth
    application: { tenantId: tenant, clientId: client, clientSecret: { env: PASSWORD } }`,
];

describe('a profile of Exchange Server in the registry file', () => {
  it('says where the server is and how to sign in', async () => {
    expect(await profileIn(GOOD)).toMatchObject({
      profile: {
        serverType: 'exchange-server',
        exchangeVersion: '2016',
        incoming: { protocol: 'ews', host: 'mail.contoso.test', port: 8443, tls: 'implicit' },
        autodiscover: false,
        impersonation: true,
      },
      exchange: {
        url: 'https://mail.contoso.test:8443/EWS/Exchange.asmx',
        authentication: 'ntlm',
        impersonation: true,
        schema: 'Exchange2013_SP1',
      },
      credentials: { kind: 'password', userName: 'CONTOSO\\service' },
    });
  });

  it('leaves the location to Auto Discover', async () => {
    const { exchange, profile } = await profileIn(GOOD.replace(...AUTODISCOVER));
    expect(exchange).toMatchObject({ url: null, autodiscoverUrl: null });
    expect(profile).toMatchObject({ autodiscover: true, incoming: { protocol: 'ews', port: 443 } });
  });

  it('signs in as an application', async () => {
    expect(await profileIn(GOOD.replace(...OAUTH))).toMatchObject({
      credentials: { kind: 'client-credentials', clientId: 'client', tenantId: 'tenant' },
      exchange: { authentication: 'oauth' },
    });
  });

  it('speaks to Exchange Server 2010 in its own words', async () => {
    const { exchange } = await profileIn(GOOD.replace("'2016'", '2010-sp3'));
    expect(exchange?.schema).toBe('Exchange2010_SP2');
  });

  it.each([
    [['autodiscover: false', 'autodiscover: true'], 'location: Auto Discover is on'],
    [
      ['location: https://mail.contoso.test:8443/EWS/Exchange.asmx', ''],
      'location: Auto Discover is off',
    ],
    [
      ['autodiscover: false', 'autodiscover: false\n    autodiscoverService: https://a.test/'],
      'autodiscoverService: Auto Discover is off',
    ],
    [['location: https', 'location: ftp'], 'location: Invalid URL'],
    [['location: https', 'location: http'], 'location: the organization allows no server without'],
    [
      ['credentialSource: profile', 'credentialSource: server-to-server'],
      'credentialSource: only Exchange Online',
    ],
    [
      ['credentialSource: profile', 'credentialSource: mailbox'],
      'credentials: the credential source is the mailbox',
    ],
    [[OAUTH[0], ''], 'credentials: the credential source is the profile, which has none'],
    [[OAUTH[0], 'authentication: oauth'], 'application: oauth needs an application'],
    [[OAUTH[0], `${OAUTH[0]}\n    ${OAUTH[1]}`], 'credentials: oauth signs in without a password'],
    [
      [OAUTH[0], `${OAUTH[0]}\n    ${OAUTH[1].replace('oauth', 'basic')}`],
      'application: basic signs in with a password',
    ],
    [["'2016'", "'2007'"], 'exchangeVersion: not supported: Exchange Server 2003 and 2007'],
    [
      ['impersonation: true', 'impersonation: false'],
      'methods.act: not supported: appointments, contacts and tasks by delegation',
    ],
    [['profile: exchange', 'profile: exchange\n    organization: other'], 'organization: '],
  ] as const)('is refused: %j', async ([from, to], problem) => {
    expect(GOOD).toContain(from);
    expect(await problemsIn(GOOD.replace(from, to))).toEqual(
      expect.arrayContaining([expect.stringContaining(problem)]),
    );
  });

  it('is refused without impersonation for an application', async () => {
    const yaml = GOOD.replace(...OAUTH).replace('impersonation: true', 'impersonation: false');
    expect(await problemsIn(yaml)).toEqual(
      expect.arrayContaining([expect.stringContaining('an application has no mailbox of its own')]),
    );
  });
});
