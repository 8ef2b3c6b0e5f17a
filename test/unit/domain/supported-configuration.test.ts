import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mailServiceAt } from '../../../services/domain/mail-service.ts';
import { type SetUp, supportOf } from '../../../services/domain/supported-configuration.ts';
import { AGAINST } from '../../../services/domain/unsupported-rules.ts';

/** Everything as Microsoft wants it. */
const EXCHANGE_ONLINE: SetUp = {
  deployment: 'online',
  cloud: 'commercial',
  profile: 'exchange-online',
  incomingService: 'exchange-online',
  outgoingService: 'exchange-online',
  incomingProtocol: 'exchange',
  outgoingProtocol: 'exchange',
  mailbox: 'user',
  act: 'server-side-synchronization',
  actMethodsMixed: false,
  credentials: 'server-to-server',
  multiFactor: false,
  impersonation: false,
  autodiscover: true,
  tenant: 'same',
  defaultPorts: true,
  encrypted: true,
  fips: false,
  trafficInspected: false,
  bulkMail: false,
  encryptedMessages: false,
  customProvider: false,
};
const EXCHANGE_SERVER: SetUp = {
  ...EXCHANGE_ONLINE,
  profile: 'exchange-server',
  incomingService: 'exchange-server',
  outgoingService: 'exchange-server',
  exchangeVersion: '2016',
  credentials: 'profile',
  impersonation: true,
};
const GMAIL: SetUp = {
  ...EXCHANGE_ONLINE,
  profile: 'imap-smtp',
  incomingService: 'gmail',
  outgoingService: 'gmail',
  incomingProtocol: 'imap',
  outgoingProtocol: 'smtp',
  act: 'none',
  credentials: 'mailbox',
  autodiscover: false,
};
const HERE = { deployment: 'on-premises' } as const;
const MSN_HERE: SetUp = { ...GMAIL, ...HERE, incomingService: 'msn', incomingProtocol: 'pop3' };
const PLAIN_HERE: SetUp = {
  ...GMAIL,
  ...HERE,
  incomingProtocol: 'pop3',
  encrypted: false,
  unencryptedServersAllowed: true,
  insecureCredentialsAllowed: true,
};

describe('the table of supported systems', () => {
  it.each<[string, SetUp]>([
    ['Exchange Online from online', EXCHANGE_ONLINE],
    ['Exchange 2013 SP1 from online', { ...EXCHANGE_SERVER, exchangeVersion: '2013-sp1' }],
    ['Exchange 2016 from online', EXCHANGE_SERVER],
    ['Exchange 2019 from online', { ...EXCHANGE_SERVER, exchangeVersion: '2019' }],
    ['Gmail by IMAP from online', GMAIL],
    ['Gmail by POP3 from online', { ...GMAIL, incomingProtocol: 'pop3', profile: 'pop3-smtp' }],
    ['Yahoo! Mail from online', { ...GMAIL, incomingService: 'yahoo' }],
    ['Exchange Online from on-premises', { ...EXCHANGE_ONLINE, ...HERE }],
    ['Exchange 2010 from on-premises', { ...EXCHANGE_SERVER, ...HERE, exchangeVersion: '2010' }],
    ['Exchange 2013 from on-premises', { ...EXCHANGE_SERVER, ...HERE, exchangeVersion: '2013' }],
    ['Exchange 2016 from on-premises', { ...EXCHANGE_SERVER, ...HERE }],
    ['MSN from on-premises without FIPS', MSN_HERE],
    ['Outlook.com from on-premises', { ...MSN_HERE, incomingService: 'outlook-com' }],
    ['Windows Live Mail from on-premises', { ...MSN_HERE, incomingService: 'windows-live-mail' }],
  ])('supports %s', (_name, setUp) => {
    expect(supportOf(setUp)).toEqual({ verdict: 'supported', reasons: [], open: [] });
  });

  it.each<[string, SetUp]>([
    ['Exchange 2019 from on-premises', { ...EXCHANGE_SERVER, ...HERE, exchangeVersion: '2019' }],
    ['Exchange SE from online', { ...EXCHANGE_SERVER, exchangeVersion: 'subscription-edition' }],
    ['a server that it does not name', { ...GMAIL, incomingService: 'another' }],
    ['IMAP from on-premises', { ...GMAIL, ...HERE }],
  ])('does not list %s', (_name, setUp) => {
    expect(supportOf(setUp)).toMatchObject({
      verdict: 'not-recommended',
      reasons: [{ rule: 'not-listed', topic: 'unsupported-configurations' }],
    });
  });
});

const LIST = 'unsupported-configurations';
const ONLINE = 'exchange-online-setup';
const INSECURE = 'insecure-credentials';
const NO = 'unsupported';
const BETTER_NOT = 'not-recommended';

const OBJECTIONS: [rule: string, SetUp, verdict: string, topic: string][] = [
  ['mixed-servers', { ...EXCHANGE_SERVER, outgoingProtocol: 'smtp' }, NO, LIST],
  ['mixed-servers', { ...GMAIL, incomingProtocol: 'pop3', outgoingProtocol: 'exchange' }, NO, LIST],
  ['exchange-too-old', { ...EXCHANGE_SERVER, ...HERE, exchangeVersion: '2003' }, NO, LIST],
  ['exchange-too-old', { ...EXCHANGE_SERVER, exchangeVersion: '2007' }, NO, LIST],
  ['exchange-too-old-online', { ...EXCHANGE_SERVER, exchangeVersion: '2010-sp3' }, NO, LIST],
  ['exchange-too-old-online', { ...EXCHANGE_SERVER, exchangeVersion: '2013' }, NO, LIST],
  ['fips', { ...MSN_HERE, fips: true }, NO, LIST],
  ['fips', { ...GMAIL, fips: true, fipsCompliantServer: false }, NO, LIST],
  ['not-fips-online', { ...GMAIL, incomingService: 'outlook-com' }, NO, LIST],
  ['act-without-exchange', { ...GMAIL, act: 'server-side-synchronization' }, NO, LIST],
  ['act-of-queue', { ...EXCHANGE_ONLINE, mailbox: 'queue' }, NO, 'user-and-queue-mailbox-rules'],
  ['act-by-delegation', { ...EXCHANGE_SERVER, impersonation: false }, NO, 'impersonation-error'],
  [
    'act-methods-mixed',
    { ...EXCHANGE_ONLINE, actMethodsMixed: true },
    BETTER_NOT,
    'invitee-appointment',
  ],
  ['exchange-online-credentials', { ...EXCHANGE_ONLINE, credentials: 'mailbox' }, NO, ONLINE],
  ['exchange-online-credentials', { ...EXCHANGE_ONLINE, credentials: 'profile' }, NO, ONLINE],
  [
    'exchange-online-impersonation',
    { ...EXCHANGE_ONLINE, impersonation: true },
    BETTER_NOT,
    ONLINE,
  ],
  [
    'exchange-online-fixed-location',
    { ...EXCHANGE_ONLINE, autodiscover: false },
    BETTER_NOT,
    ONLINE,
  ],
  ['exchange-online-other-profile', { ...EXCHANGE_ONLINE, profile: 'imap-smtp' }, NO, ONLINE],
  ['exchange-online-ports', { ...EXCHANGE_ONLINE, defaultPorts: false }, BETTER_NOT, ONLINE],
  ['exchange-online-other-tenant', { ...EXCHANGE_ONLINE, tenant: 'another' }, BETTER_NOT, ONLINE],
  [
    'exchange-online-profile-elsewhere',
    { ...EXCHANGE_SERVER, profile: 'exchange-online' },
    NO,
    ONLINE,
  ],
  ['multi-factor-to-exchange-server', { ...EXCHANGE_SERVER, multiFactor: true }, NO, LIST],
  ['multi-factor-from-on-premises', { ...EXCHANGE_ONLINE, ...HERE, multiFactor: true }, NO, LIST],
  ['unencrypted-online', { ...GMAIL, encrypted: false }, NO, INSECURE],
  ['unencrypted-not-allowed', { ...PLAIN_HERE, unencryptedServersAllowed: false }, NO, INSECURE],
  [
    'insecure-credentials-not-allowed',
    { ...PLAIN_HERE, insecureCredentialsAllowed: false },
    NO,
    INSECURE,
  ],
  ['unencrypted', PLAIN_HERE, BETTER_NOT, INSECURE],
  ['ports-closed', { ...GMAIL, cloud: 'us-government', governmentPorts: false }, NO, LIST],
  ['traffic-inspected', { ...EXCHANGE_ONLINE, trafficInspected: true }, NO, LIST],
  ['bulk-mail', { ...EXCHANGE_ONLINE, bulkMail: true }, NO, LIST],
  [
    'encrypted-messages',
    { ...EXCHANGE_ONLINE, encryptedMessages: true },
    NO,
    'signed-mail-unsupported',
  ],
  ['custom-provider', { ...EXCHANGE_ONLINE, customProvider: true }, NO, LIST],
];

describe('what Microsoft says against a set-up', () => {
  it.each(OBJECTIONS)('%s', (rule, setUp, verdict, topic) => {
    const support = supportOf(setUp);
    expect(support.verdict).toBe(verdict);
    expect(support.reasons).toContainEqual(expect.objectContaining({ rule, verdict, topic }));
  });

  it('has a row above for every rule, and an article for every topic', () => {
    expect(new Set(OBJECTIONS.map(([rule]) => rule))).toEqual(
      new Set(AGAINST.map(({ rule }) => rule)),
    );
    for (const { topic } of AGAINST) expect(existsSync(`data/knowledge/${topic}.yaml`)).toBe(true);
  });

  it('puts the worst first', () => {
    const { reasons } = supportOf({ ...PLAIN_HERE, unencryptedServersAllowed: false });
    expect(reasons.map(({ verdict }) => verdict)).toEqual([NO, BETTER_NOT]);
  });
});

describe('a set-up of which little is known', () => {
  it('is not guessed at: what could still count against it is asked for', () => {
    const support = supportOf({ deployment: 'online', incomingProtocol: 'imap' });
    expect(support).toMatchObject({ verdict: 'supported', reasons: [] });
    for (const fact of ['incomingService', 'act', 'encrypted', 'bulkMail'] as const) {
      expect(support.open).toContain(fact);
    }
  });

  it('is asked nothing that its other facts exclude, and nothing once it is unsupported', () => {
    const { open } = supportOf({ deployment: 'online', incomingService: 'gmail' });
    expect(open).toContain('incomingProtocol');
    expect(open).not.toContain('exchangeVersion');
    expect(supportOf({ bulkMail: true }).open).toEqual([]);
  });
});

describe('the host of a mail server', () => {
  it.each([
    ['outlook.office365.com', 'exchange-online'],
    ['SMTP.Office365.com.', 'exchange-online'],
    ['imap.gmail.com', 'gmail'],
    ['pop.mail.yahoo.com', 'yahoo'],
    ['smtp-mail.outlook.com', 'outlook-com'],
    ['mail.contoso.test', undefined],
    ['notgmail.com', undefined],
  ])('%s is %s', (host, service) => {
    expect(mailServiceAt(host)).toBe(service);
  });
});
