import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { supportOf } from '../../../../services/domain/supported-configuration.ts';
import { AGAINST, type Objection } from '../../../../services/domain/unsupported-rules.ts';
import { SUPPORT_TEXTS } from '../../../../services/sync-engine/embedded/support-texts.ts';
import { loadRegistry } from '../../../../services/sync-engine/index.ts';

type Fields = Record<string, unknown>;

const PASSWORD = { userName: 'service', password: { env: 'SECRET' } };
const ON_PREMISES = { deployment: 'on-premises' };
const TENANT = { tenantId: '11111111-1111-1111-1111-111111111111' };
const ALL = { methods: { act: 'server-side-synchronization' } };

const exchangeOnline = (over: Fields = {}) => ({
  serverType: 'exchange-online',
  credentials: { ...TENANT, clientId: 'c', clientSecret: { env: 'SECRET' } },
  ...over,
});
const exchangeServer = (exchangeVersion: string, over: Fields = {}) => ({
  serverType: 'exchange-server',
  exchangeVersion,
  credentialSource: 'profile',
  credentials: PASSWORD,
  impersonation: true,
  ...over,
});
const mail = (serverType: 'pop3-smtp' | 'imap-smtp', domain: string, over: Fields = {}) => ({
  serverType,
  incoming: {
    host: `${serverType.slice(0, 4)}.${domain}`,
    port: serverType === 'pop3-smtp' ? 995 : 993,
    tls: 'implicit',
  },
  outgoing: { host: `smtp.${domain}`, port: 465, tls: 'implicit' },
  credentialSource: 'profile',
  credentials: PASSWORD,
  ...over,
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'matrix-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** What the start makes of one organization with one profile and one mailbox. */
async function started(organization: Fields, profile: Fields, mailbox: Fields = {}) {
  const file = join(folder, 'engine.yaml');
  const one = (fields: Fields) => [{ id: 'one', name: 'One', ...fields }];
  const content = {
    organizations: one({ deployment: 'online', ...organization }),
    profiles: one({ organization: 'one', ...profile }),
    mailboxes: one({ address: 'one@contoso.test', profile: 'one', ...mailbox }),
  };
  await writeFile(file, JSON.stringify(content));
  return loadRegistry(file, { SECRET: 's' });
}

/** `reference/domain.md` §6.5, "Supported matrix". */
const SUPPORTED: [row: string, organization: Fields, profile: Fields, mailbox: Fields][] = [
  ['online, Exchange Online: email and ACT', TENANT, exchangeOnline(), ALL],
  ['online, Exchange 2013 SP1: email and ACT', {}, exchangeServer('2013-sp1'), ALL],
  ['online, Exchange 2016: email and ACT', {}, exchangeServer('2016'), ALL],
  ['online, Exchange 2019: email and ACT', {}, exchangeServer('2019'), ALL],
  ['online, Gmail by POP3/SMTP: email', {}, mail('pop3-smtp', 'gmail.com'), {}],
  ['online, Gmail by IMAP/SMTP: email', {}, mail('imap-smtp', 'gmail.com'), {}],
  ['online, Yahoo! Mail by POP3/SMTP: email', {}, mail('pop3-smtp', 'mail.yahoo.com'), {}],
  ['online, Yahoo! Mail by IMAP/SMTP: email', {}, mail('imap-smtp', 'mail.yahoo.com'), {}],
  ['on-premises, Exchange Online: email and ACT', ON_PREMISES, exchangeOnline(), ALL],
  ['on-premises, Exchange 2010: email and ACT', ON_PREMISES, exchangeServer('2010'), ALL],
  ['on-premises, Exchange 2013: email and ACT', ON_PREMISES, exchangeServer('2013'), ALL],
  ['on-premises, Exchange 2016: email and ACT', ON_PREMISES, exchangeServer('2016'), ALL],
  ['on-premises, Gmail by POP3/SMTP', ON_PREMISES, mail('pop3-smtp', 'gmail.com'), {}],
  ['on-premises, Yahoo! by POP3/SMTP', ON_PREMISES, mail('pop3-smtp', 'mail.yahoo.com'), {}],
  ['on-premises, MSN, Outlook.com', ON_PREMISES, mail('pop3-smtp', 'outlook.com'), {}],
];

const LIST = 'unsupported-configurations';
const ONLINE = 'exchange-online-setup';
const GMAIL = mail('imap-smtp', 'gmail.com');
const OFFICE = { host: 'outlook.office365.com', port: 993, tls: 'implicit' };
const SMTP = { host: 'smtp.contoso.test', port: 465, tls: 'implicit' };
const EWS = 'https://mail.contoso.test/EWS/Exchange.asmx';
const REFUSED = 'refused';
const WARNED = 'warned';

/** The same section, "Not recommended/unsupported", as far as a registry can hold it. */
const AGAINST_IT: [
  row: string,
  setUp: [organization: Fields, profile: Fields, mailbox?: Fields],
  how: typeof REFUSED | typeof WARNED,
  path: string,
  topic: string,
  rule: Objection,
][] = [
  [
    'a mix of Exchange/SMTP',
    [{}, exchangeServer('2016', { outgoing: SMTP })],
    REFUSED,
    'profiles[0].outgoing',
    LIST,
    'mixed-servers',
  ],
  [
    'a mix of Exchange Online/SMTP',
    [TENANT, exchangeOnline({ outgoing: SMTP })],
    REFUSED,
    'profiles[0].outgoing',
    LIST,
    'mixed-servers',
  ],
  [
    'a mix of POP3/Exchange',
    [{}, mail('pop3-smtp', 'gmail.com', { location: EWS })],
    REFUSED,
    'profiles[0].location',
    LIST,
    'mixed-servers',
  ],
  [
    'a mix of IMAP/Exchange',
    [{}, mail('imap-smtp', 'gmail.com', { location: EWS })],
    REFUSED,
    'profiles[0].location',
    LIST,
    'mixed-servers',
  ],
  [
    'Exchange 2003',
    [ON_PREMISES, exchangeServer('2003')],
    REFUSED,
    'profiles[0].exchangeVersion',
    LIST,
    'exchange-too-old',
  ],
  [
    'Exchange 2007',
    [ON_PREMISES, exchangeServer('2007')],
    REFUSED,
    'profiles[0].exchangeVersion',
    LIST,
    'exchange-too-old',
  ],
  [
    'Exchange 2010 SP3 from online (2022)',
    [{}, exchangeServer('2010-sp3')],
    REFUSED,
    'profiles[0].exchangeVersion',
    LIST,
    'exchange-too-old-online',
  ],
  [
    'a server that does not comply where FIPS 140-2 is configured',
    [{ ...ON_PREMISES, fips: true }, mail('pop3-smtp', 'outlook.com')],
    REFUSED,
    'profiles[0].incoming.host',
    LIST,
    'fips',
  ],
  [
    'a server that does not comply, from online',
    [{}, mail('pop3-smtp', 'outlook.com')],
    REFUSED,
    'profiles[0].incoming.host',
    LIST,
    'not-fips-online',
  ],
  [
    'ACT on POP3',
    [{}, mail('pop3-smtp', 'gmail.com'), ALL],
    REFUSED,
    'mailboxes[0].methods.act',
    LIST,
    'act-without-exchange',
  ],
  [
    'ACT on IMAP',
    [{}, GMAIL, ALL],
    REFUSED,
    'mailboxes[0].methods.act',
    LIST,
    'act-without-exchange',
  ],
  [
    'ACT of a queue',
    [TENANT, exchangeOnline(), { ...ALL, kind: 'queue' }],
    REFUSED,
    'mailboxes[0].methods.act',
    'user-and-queue-mailbox-rules',
    'act-of-queue',
  ],
  [
    'ACT by delegation (impersonation = No)',
    [{}, exchangeServer('2016', { impersonation: false }), ALL],
    REFUSED,
    'mailboxes[0].methods.act',
    'impersonation-error',
    'act-by-delegation',
  ],
  [
    'Exchange Online with user or queue credentials',
    [TENANT, exchangeOnline({ credentialSource: 'mailbox' })],
    REFUSED,
    'profiles[0].credentialSource',
    ONLINE,
    'exchange-online-credentials',
  ],
  [
    'Exchange Online with profile credentials',
    [TENANT, exchangeOnline({ credentialSource: 'profile' })],
    REFUSED,
    'profiles[0].credentialSource',
    ONLINE,
    'exchange-online-credentials',
  ],
  [
    'Exchange Online in a profile of another type',
    [{}, { ...GMAIL, incoming: OFFICE }],
    REFUSED,
    'profiles[0].serverType',
    ONLINE,
    'exchange-online-other-profile',
  ],
  [
    'Exchange Online with impersonation',
    [TENANT, exchangeOnline({ impersonation: true })],
    WARNED,
    'profiles[0].impersonation',
    ONLINE,
    'exchange-online-impersonation',
  ],
  [
    'Exchange Online with Auto Discover = No',
    [TENANT, exchangeOnline({ autodiscover: false })],
    WARNED,
    'profiles[0].autodiscover',
    ONLINE,
    'exchange-online-fixed-location',
  ],
  [
    'Exchange Online with other ports',
    [
      TENANT,
      exchangeOnline({
        credentials: { ...exchangeOnline().credentials, graph: 'https://graph.microsoft.com:8443' },
      }),
    ],
    WARNED,
    'profiles[0].credentials.graph',
    ONLINE,
    'exchange-online-ports',
  ],
  [
    'Exchange Online in another tenant (limited)',
    [{ tenantId: '22222222-2222-2222-2222-222222222222' }, exchangeOnline()],
    WARNED,
    'profiles[0].credentials.tenantId',
    ONLINE,
    'exchange-online-other-tenant',
  ],
  [
    'TLS is required from online',
    [{}, { ...GMAIL, outgoing: { host: 'smtp.gmail.com', port: 25, tls: 'none' } }],
    REFUSED,
    'profiles[0].outgoing.tls',
    'insecure-credentials',
    'unencrypted-online',
  ],
  [
    'a system that the table does not name: IMAP from on-premises',
    [ON_PREMISES, GMAIL],
    WARNED,
    'profiles[0].incoming.host',
    LIST,
    'not-listed',
  ],
];

/** Nothing in a registry says so: the checker in chat asks, and supportOf answers. */
const ASKED: [row: string, Parameters<typeof supportOf>[0], Objection, topic: string][] = [
  ['mass-mail campaigns', { bulkMail: true }, 'bulk-mail', LIST],
  ['custom providers', { customProvider: true }, 'custom-provider', LIST],
  [
    'MFA for online and Exchange on-premises',
    { deployment: 'online', incomingService: 'exchange-server', multiFactor: true },
    'multi-factor-to-exchange-server',
    LIST,
  ],
  [
    'MFA for on-premises and Exchange Online',
    { deployment: 'on-premises', incomingService: 'exchange-online', multiFactor: true },
    'multi-factor-from-on-premises',
    LIST,
  ],
  ['packet inspection', { trafficInspected: true }, 'traffic-inspected', LIST],
  [
    'an Exchange Online profile for an on-premises user',
    { profile: 'exchange-online', incomingService: 'exchange-server' },
    'exchange-online-profile-elsewhere',
    ONLINE,
  ],
  ['S/MIME and PEC', { encryptedMessages: true }, 'encrypted-messages', 'signed-mail-unsupported'],
  [
    'other ports than 80, 443, 465, 995 in US Government',
    { deployment: 'online', cloud: 'us-government', governmentPorts: false },
    'ports-closed',
    LIST,
  ],
  [
    'ACT by Outlook for some and by the server for others',
    { actMethodsMixed: true },
    'act-methods-mixed',
    'invitee-appointment',
  ],
];

describe('the supported matrix at the start', () => {
  it.each(SUPPORTED)('takes without a word: %s', async (_row, organization, profile, mailbox) => {
    const loading = await started(organization, profile, mailbox);
    expect(loading).toMatchObject({ kind: 'loaded', registry: { warnings: [] } });
  });

  it.each(AGAINST_IT)('%s', async (_row, setUp, how, path, topic, rule) => {
    const loading = await started(...setUp);
    const said = loading.kind === 'invalid' ? loading.problems : loading.registry.warnings;
    expect(loading.kind).toBe(how === 'refused' ? 'invalid' : 'loaded');
    expect(said).toContainEqual(
      expect.objectContaining({
        path,
        what: SUPPORT_TEXTS[rule]?.what,
        remedy: expect.stringContaining(`The article ${topic} explains it.`) as string,
      }),
    );
  });

  it.each(ASKED)('is asked for in chat: %s', (_row, facts, rule, topic) => {
    expect(supportOf(facts).reasons).toContainEqual(expect.objectContaining({ rule, topic }));
  });

  it('has a row for every rule but those of unencrypted servers on-premises', () => {
    const named = new Set([...AGAINST_IT.map((row) => row[5]), ...ASKED.map((row) => row[2])]);
    const rules = new Set(AGAINST.map(({ rule }) => rule));
    expect([...rules].filter((rule) => !named.has(rule))).toEqual([
      'unencrypted-not-allowed',
      'insecure-credentials-not-allowed',
      'unencrypted',
    ]);
  });
});
