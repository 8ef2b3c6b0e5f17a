import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { idOf } from '../../../../services/domain/ids.ts';
import { loadRegistry } from '../../../../services/sync-engine/index.ts';

const GOOD = `
organizations:
  - id: contoso
    name: Contoso
    deployment: on-premises
    tls: { allowUnencryptedServers: true }
  - { id: contoso-online, name: Contoso online, deployment: online }
profiles:
  - id: mail
    organization: contoso
    name: Contoso mail
    serverType: imap-smtp
    incoming: { host: mail.contoso.test, port: 993, tls: implicit }
    outgoing: { host: mail.contoso.test, port: 25, tls: none }
    credentialSource: profile
    credentials: { userName: service, password: { env: MAIL_PASSWORD } }
    owner: 00000000-0000-0000-0000-0000000000AA
  - id: exchange-online
    organization: contoso-online
    name: Microsoft Exchange Online
    serverType: exchange-online
    credentials:
      tenantId: tenant
      clientId: client
      clientSecret: { file: secret.txt }
mailboxes:
  - { id: anna, name: Anna Ek, address: anna.ek@contoso.test, profile: mail, approval: approved }
  - id: olga
    name: Olga Öberg
    address: olga@contoso.test
    profile: exchange-online
    methods: { act: server-side-synchronization }
    enabled: [incoming]
`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'registry-'));
  await writeFile(join(folder, 'secret.txt'), 'client-secret-value\n');
});
afterEach(() => rm(folder, { recursive: true }));

async function load(yaml: string, environment: Record<string, string> = { MAIL_PASSWORD: 'pw' }) {
  const file = join(folder, 'engine.yaml');
  await writeFile(file, yaml);
  return loadRegistry(file, environment);
}

async function warnings(yaml: string) {
  const loading = await load(yaml);
  if (loading.kind === 'invalid') throw new TypeError(JSON.stringify(loading.problems));
  return loading.registry.warnings;
}

async function problems(yaml: string, environment?: Record<string, string>): Promise<string[]> {
  const loading = await load(yaml, environment);
  if (loading.kind === 'loaded') return [];
  for (const problem of loading.problems) expect(problem.remedy).not.toBe('');
  return loading.problems.map(({ path, what }) => `${path}: ${what}`);
}

describe('the registry file', () => {
  it('becomes organizations, profiles and mailboxes', async () => {
    const loading = await load(GOOD);
    if (loading.kind !== 'loaded') throw new TypeError(JSON.stringify(loading.problems));
    const { registry } = loading;
    expect(registry.profiles.get(idOf('mail'))?.profile).toMatchObject({
      serverType: 'imap-smtp',
      incoming: { protocol: 'imap', port: 993 },
      outgoing: { protocol: 'smtp', tls: 'none' },
      ownerId: '00000000-0000-0000-0000-0000000000aa',
      organizationId: 'contoso',
    });
    expect(registry.profiles.get(idOf('exchange-online'))?.profile).toMatchObject({
      credentialSource: 'server-to-server',
      incoming: { protocol: 'graph', host: 'graph.microsoft.com', port: 443, tls: 'implicit' },
    });
    expect(registry.mailboxes.get(idOf('olga'))).toMatchObject({
      organizationId: 'contoso-online',
      initialApproval: 'pending',
      initiallyEnabled: ['incoming'],
      methods: { outgoing: 'server-side-synchronization' },
    });
  });

  it('may name one Exchange mailbox in two organizations, and in one of them only once', async () => {
    const again = (organization: string) => `
  - { id: again, name: Again, address: ANNA.EK@contoso.test, profile: null, organization: ${organization} }
`;
    expect(await problems(GOOD + again('contoso-online'))).toEqual([]);
    expect(await problems(GOOD + again('contoso'))).toEqual([
      'mailboxes[2].address: anna.ek@contoso.test stands at mailboxes[0] already',
    ]);
  });

  it('holds secrets by reference: they are read when wanted and print nowhere', async () => {
    const loading = await load(GOOD);
    if (loading.kind !== 'loaded') throw new TypeError('invalid');
    const file = join(folder, 'secret.txt');
    const secret = await loading.registry.secrets.read({ file });
    expect(secret?.reveal()).toBe('client-secret-value');
    await writeFile(file, 'rotated');
    expect((await loading.registry.secrets.read({ file }))?.reveal()).toBe('rotated');
    expect(
      `${inspect(loading, { depth: 9 })}${inspect(secret)}${JSON.stringify(secret)}`,
    ).not.toMatch(/rotated|client-secret-value/);
  });

  it('takes NAME_FILE for NAME', async () => {
    const loading = await load(GOOD, { MAIL_PASSWORD_FILE: join(folder, 'secret.txt') });
    if (loading.kind !== 'loaded') throw new TypeError('invalid');
    const secret = await loading.registry.secrets.read({ env: 'MAIL_PASSWORD' });
    expect(secret?.reveal()).toBe('client-secret-value');
  });

  it('has all its problems reported at once, each with a remedy', async () => {
    const found = await problems(
      `
organizations:
  - { id: contoso, name: Contoso, deployment: online, tls: { allowUnencryptedServers: true } }
  - { id: contoso, name: Again, deployment: online }
profiles:
  - id: mail
    organization: nowhere
    name: Mail
    serverType: pop3-smtp
    incoming: { host: a.test, port: 995, tls: implicit }
    outgoing: { host: a.test, port: 465, tls: implicit }
    credentialSource: mailbox
  - id: plain
    organization: contoso
    name: Plain
    serverType: imap-smtp
    incoming: { host: a.test, port: 143, tls: none }
    outgoing: { host: a.test, port: 70000, tls: implicit }
    credentialSource: mailbox
mailboxes:
  - { id: anna, name: Anna, address: anna@a.test, profile: mail, methods: { act: server-side-synchronization } }
  - { id: anna, name: Anna, address: ANNA@a.test, profile: missing }
  - { id: b, name: B, address: not an address, profile: plain }
  - { id: c, name: C, address: c@a.test, colour: red }
  - { id: d, name: D, address: d@a.test }
  - { id: e, name: E, address: e@a.test, profile: plain, credentials: { userName: e, password: { env: NOT_SET } } }
`,
    );
    expect(found).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^organizations\[0\]\.tls: insecure channels/),
        'organizations[1].id: contoso stands at organizations[0] already',
        expect.stringMatching(/^profiles\[0\]\.organization: there is no organization/),
        expect.stringMatching(/^profiles\[1\]\.outgoing\.port: Too big/),
        expect.stringMatching(/^mailboxes\[0\]\.methods\.act: POP3 and IMAP carry no .*8005E247/),
        expect.stringMatching(/^mailboxes\[0\]\.credentials: the profile mail takes credentials/),
        'mailboxes[1].id: anna stands at mailboxes[0] already',
        'mailboxes[1].address: anna@a.test stands at mailboxes[0] already',
        'mailboxes[1].profile: there is no profile with the id missing',
        expect.stringMatching(/^mailboxes\[2\]\.address: Invalid email/),
        expect.stringMatching(/^mailboxes\[3\]: Unrecognized key: "colour"/),
        expect.stringMatching(/^mailboxes\[4\]\.organization: a mailbox without a profile/),
        'mailboxes[5].credentials.password: NOT_SET is not set',
      ]),
    );
    // The profile that mailboxes 2 and 5 name is there, if broken: that is no second mistake.
    expect(found.filter((problem) => problem.includes('id plain'))).toEqual([]);
  });

  it.each([
    [
      'tls: implicit }\n    outgoing',
      'tls: none }\n    outgoing',
      'deployment: on-premises\n    tls: { allowUnencryptedServers: true }',
      'deployment: online',
      'TLS only',
    ],
    [
      'port: 25, tls: none',
      'port: 25, tls: none',
      'tls: { allowUnencryptedServers: true }',
      'tls: {}',
      'no server without TLS',
    ],
    [
      'credentialSource: profile',
      'credentialSource: server-to-server',
      '',
      '',
      'only Exchange Online trusts',
    ],
    [
      'methods: { act',
      'kind: queue\n    methods: { act',
      '',
      '',
      'queue mailboxes have no appointments',
    ],
    [
      'serverType: exchange-online',
      'serverType: exchange-online\n    credentialSource: profile',
      '',
      '',
      'profile credentials',
    ],
    [
      'mail.contoso.test, port: 993',
      'outlook.office365.com, port: 993',
      'deployment: on-premises\n    tls: { allowUnencryptedServers: true }',
      'deployment: online',
      'a profile of another kind for Exchange Online',
    ],
    [
      'mail.contoso.test, port: 993',
      'imap-mail.outlook.com, port: 993',
      'deployment: on-premises',
      'deployment: on-premises\n    fips: true',
      'does not comply',
    ],
    ['clientId: client', 'clientId: client\n      graph: http://graph.test', '', '', 'without TLS'],
    [
      'enabled: [incoming]',
      'enabled: [incoming, outgoing]\n    credentials: { userName: a, password: { env: MAIL_PASSWORD } }',
      '',
      '',
      'does not take credentials',
    ],
  ])('refuses what domain.md §6.5 calls an error: %s -> %s', async (from, to, from2, to2, what) => {
    const yaml = GOOD.replace(from, to).replace(from2, to2);
    expect(await problems(yaml)).toEqual(expect.arrayContaining([expect.stringContaining(what)]));
  });

  it.each([
    [
      'serverType: exchange-online',
      'serverType: exchange-online\n    impersonation: true',
      'profiles[1].impersonation',
      'exchange-online-impersonation',
    ],
    [
      'serverType: exchange-online',
      'serverType: exchange-online\n    autodiscover: false',
      'profiles[1].autodiscover',
      'exchange-online-fixed-location',
    ],
    [
      'deployment: online }',
      'deployment: online, tenantId: parent }',
      'profiles[1].credentials.tenantId',
      'exchange-online-other-tenant',
    ],
    [
      'clientId: client',
      'clientId: client\n      graph: https://graph.microsoft.com:8443',
      'profiles[1].credentials.graph',
      'exchange-online-ports',
    ],
    [
      'mail.contoso.test, port: 993',
      'imap.gmail.com, port: 993',
      'profiles[0].incoming.host',
      'not-listed',
    ],
    [
      '- id: olga',
      '- { id: kim, name: Kim, address: kim@a.test, profile: exchange-online, methods: { act: outlook } }\n  - id: olga',
      'organizations[1]',
      'act-methods-mixed',
    ],
  ])('warns of what is not recommended: %s -> %s', async (from, to, path, rule) => {
    expect(await warnings(GOOD.replace(from, to))).toEqual(
      expect.arrayContaining([expect.objectContaining({ path, rule })]),
    );
  });

  it('warns where the connection is in the clear, and says that credentials will be refused there', async () => {
    expect((await warnings(GOOD)).map(({ path, rule }) => [path, rule])).toEqual([
      ['profiles[0].outgoing.tls', 'insecure-credentials-not-allowed'],
      ['profiles[0].outgoing.tls', 'unencrypted'],
    ]);
    const open = GOOD.replace(
      'allowUnencryptedServers: true',
      'allowUnencryptedServers: true, allowCredentialsOverInsecureChannel: true',
    );
    expect((await warnings(open)).map(({ rule }) => rule)).toEqual(['unencrypted']);
    const closed = GOOD.replace('port: 25, tls: none', 'port: 587, tls: starttls');
    expect(await warnings(closed)).toEqual([]);
  });

  it('is refused, and the secret not repeated, when a secret stands in it', async () => {
    const found = await load(GOOD.replace('{ env: MAIL_PASSWORD }', 'hunter2'));
    expect(JSON.stringify(found)).toMatch(/never the secret itself/);
    expect(JSON.stringify(found)).not.toMatch(/hunter2/);
  });

  it('is refused with the line when it is no YAML, and with the name when it is not there', async () => {
    expect(await problems('organizations: [\n  }')).toEqual([expect.stringMatching(/^line 2: /)]);
    expect(await loadRegistry(join(folder, 'none.yaml'), {})).toMatchObject({
      kind: 'invalid',
      problems: [{ what: 'ENOENT' }],
    });
    expect(await problems('')).not.toEqual([]);
    expect(await problems('- 1')).not.toEqual([]);
  });

  it('reads certificate authorities from a file beside it, and refuses another kind of file', async () => {
    const yaml = GOOD.replace('owner: 0', 'certificateAuthorities: ca.pem\n    owner: 0');
    expect(await problems(yaml)).toEqual([expect.stringContaining('holds no certificate in PEM')]);
    const pem = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
    await writeFile(join(folder, 'ca.pem'), pem);
    const loading = await load(yaml);
    expect(loading.kind).toBe('loaded');
    if (loading.kind !== 'loaded') return;
    expect(loading.registry.profiles.get(idOf('mail'))?.certificateAuthorities).toEqual([
      await readFile(join(folder, 'ca.pem'), 'utf8'),
    ]);
  });

  const withToken = (credentials: string) =>
    GOOD.replace('{ userName: service, password: { env: MAIL_PASSWORD } }', credentials);

  it('may name who gives out tokens instead of a password', async () => {
    const application =
      '{ oauth: entra-application, tenantId: t, clientId: c, clientSecret: { file: secret.txt } }';
    const loading = await load(withToken(application));
    if (loading.kind !== 'loaded') throw new TypeError(JSON.stringify(loading.problems));
    expect(loading.registry.profiles.get(idOf('mail'))?.credentials).toEqual({
      kind: 'oauth',
      userName: null,
      source: {
        kind: 'entra-application',
        tenantId: 't',
        clientId: 'c',
        clientSecret: { file: join(folder, 'secret.txt') },
        authority: 'https://login.microsoftonline.com',
        resource: 'https://outlook.office365.com',
      },
    });
    const account =
      '{ oauth: google-service-account, account: a@b, privateKey: { file: secret.txt } }';
    expect(await problems(withToken(account))).toEqual([]);
    const consent =
      '{ oauth: refresh-token, userName: u, clientId: c, clientSecret: { env: NOT_SET }, refreshToken: { file: missing.txt } }';
    expect(await problems(withToken(consent))).toEqual([
      'profiles[0].credentials.clientSecret: NOT_SET is not set',
      `profiles[0].credentials.refreshToken: ${join(folder, 'missing.txt')} is missing, empty or unreadable`,
    ]);
  });

  it('gives a client secret to no token service without TLS', async () => {
    const application =
      '{ oauth: entra-application, tenantId: t, clientId: c, clientSecret: { file: secret.txt }, authority: http://login.contoso.test }';
    expect(await problems(withToken(application))).not.toEqual([]);
  });
});
