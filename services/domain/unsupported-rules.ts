import type { MailService } from './mail-service.ts';
import type { SetUp, Verdict } from './supported-configuration.ts';

/** What Microsoft says against a set-up; each has a name of its own for texts and tests. */
export type Objection =
  | 'mixed-servers'
  | 'exchange-too-old'
  | 'exchange-too-old-online'
  | 'fips'
  | 'not-fips-online'
  | 'act-without-exchange'
  | 'act-of-queue'
  | 'act-by-delegation'
  | 'act-methods-mixed'
  | 'exchange-online-credentials'
  | 'exchange-online-impersonation'
  | 'exchange-online-fixed-location'
  | 'exchange-online-other-profile'
  | 'exchange-online-ports'
  | 'exchange-online-other-tenant'
  | 'exchange-online-profile-elsewhere'
  | 'multi-factor-to-exchange-server'
  | 'multi-factor-from-on-premises'
  | 'unencrypted-online'
  | 'unencrypted-not-allowed'
  | 'insecure-credentials-not-allowed'
  | 'unencrypted'
  | 'ports-closed'
  | 'traffic-inspected'
  | 'bulk-mail'
  | 'encrypted-messages'
  | 'custom-provider'
  | 'not-listed';

interface Rule {
  readonly rule: Objection;
  readonly verdict: Exclude<Verdict, 'supported'>;
  readonly topic: string;
  /** Holds when each of these facts has one of its values. */
  readonly when: { readonly [Fact in keyof SetUp]?: readonly NonNullable<SetUp[Fact]>[] };
}

const LIST = 'unsupported-configurations';
const ONLINE = 'exchange-online-setup';
const INSECURE = 'insecure-credentials';

/** "Some email servers are not FIPS 140-2 compliant, for example …" */
const NOT_FIPS: readonly MailService[] = ['msn', 'outlook-com', 'windows-live-mail'];
const MAIL_ONLY = ['pop3', 'imap'] as const;
const BY_SERVER = ['server-side-synchronization'] as const;

/**
 * The document's list and its successors. "Not recommended or not supported" (Exchange Online) is
 * read so: what cannot work or was refused by name is unsupported, what merely departs from the
 * documented settings is not recommended.
 */
export const AGAINST: readonly Rule[] = [
  {
    rule: 'mixed-servers',
    verdict: 'unsupported',
    topic: LIST,
    when: { incomingProtocol: ['exchange'], outgoingProtocol: ['smtp'] },
  },
  {
    rule: 'mixed-servers',
    verdict: 'unsupported',
    topic: LIST,
    when: { incomingProtocol: MAIL_ONLY, outgoingProtocol: ['exchange'] },
  },
  {
    rule: 'exchange-too-old',
    verdict: 'unsupported',
    topic: LIST,
    when: { incomingService: ['exchange-server'], exchangeVersion: ['2003', '2007'] },
  },
  {
    rule: 'exchange-too-old-online',
    verdict: 'unsupported',
    topic: LIST,
    when: {
      deployment: ['online'],
      incomingService: ['exchange-server'],
      exchangeVersion: ['2010', '2010-sp3', '2013'],
    },
  },
  {
    rule: 'fips',
    verdict: 'unsupported',
    topic: LIST,
    when: { fips: [true], incomingProtocol: MAIL_ONLY, incomingService: NOT_FIPS },
  },
  {
    rule: 'fips',
    verdict: 'unsupported',
    topic: LIST,
    when: { fips: [true], incomingProtocol: MAIL_ONLY, fipsCompliantServer: [false] },
  },
  {
    rule: 'not-fips-online',
    verdict: 'unsupported',
    topic: LIST,
    when: { deployment: ['online'], incomingProtocol: MAIL_ONLY, incomingService: NOT_FIPS },
  },
  {
    rule: 'act-without-exchange',
    verdict: 'unsupported',
    topic: LIST,
    when: { act: BY_SERVER, incomingProtocol: MAIL_ONLY },
  },
  {
    rule: 'act-of-queue',
    verdict: 'unsupported',
    topic: 'user-and-queue-mailbox-rules',
    when: { act: BY_SERVER, mailbox: ['queue'] },
  },
  {
    rule: 'act-by-delegation',
    verdict: 'unsupported',
    topic: 'impersonation-error',
    when: {
      act: BY_SERVER,
      incomingService: ['exchange-server'],
      credentials: ['profile'],
      impersonation: [false],
    },
  },
  {
    rule: 'act-methods-mixed',
    verdict: 'not-recommended',
    topic: 'invitee-appointment',
    when: { actMethodsMixed: [true] },
  },
  {
    rule: 'exchange-online-credentials',
    verdict: 'unsupported',
    topic: ONLINE,
    // From on-premises, too: Exchange Online takes no password since October 2022.
    when: { incomingService: ['exchange-online'], credentials: ['profile', 'mailbox'] },
  },
  {
    rule: 'exchange-online-impersonation',
    verdict: 'not-recommended',
    topic: ONLINE,
    when: {
      deployment: ['online'],
      incomingService: ['exchange-online'],
      impersonation: [true],
    },
  },
  {
    rule: 'exchange-online-fixed-location',
    verdict: 'not-recommended',
    topic: ONLINE,
    when: {
      deployment: ['online'],
      profile: ['exchange-online'],
      autodiscover: [false],
    },
  },
  {
    rule: 'exchange-online-other-profile',
    verdict: 'unsupported',
    topic: ONLINE,
    when: {
      deployment: ['online'],
      incomingService: ['exchange-online'],
      profile: ['exchange-server', 'pop3-smtp', 'imap-smtp'],
    },
  },
  {
    rule: 'exchange-online-other-profile',
    verdict: 'unsupported',
    topic: ONLINE,
    when: {
      deployment: ['online'],
      outgoingService: ['exchange-online'],
      profile: ['exchange-server', 'pop3-smtp', 'imap-smtp'],
    },
  },
  {
    rule: 'exchange-online-ports',
    verdict: 'not-recommended',
    topic: ONLINE,
    when: {
      deployment: ['online'],
      incomingService: ['exchange-online'],
      defaultPorts: [false],
    },
  },
  {
    // 2017: not supported. Since: limited, by OAuth and without Dynamics 365 App for Outlook.
    rule: 'exchange-online-other-tenant',
    verdict: 'not-recommended',
    topic: ONLINE,
    when: {
      deployment: ['online'],
      incomingService: ['exchange-online'],
      tenant: ['another'],
    },
  },
  {
    rule: 'exchange-online-profile-elsewhere',
    verdict: 'unsupported',
    topic: ONLINE,
    when: {
      profile: ['exchange-online'],
      incomingService: ['exchange-server', 'gmail', 'yahoo', ...NOT_FIPS, 'another'],
    },
  },
  {
    rule: 'multi-factor-to-exchange-server',
    verdict: 'unsupported',
    topic: LIST,
    when: {
      deployment: ['online'],
      incomingService: ['exchange-server'],
      multiFactor: [true],
    },
  },
  {
    rule: 'multi-factor-from-on-premises',
    verdict: 'unsupported',
    topic: LIST,
    when: {
      deployment: ['on-premises'],
      incomingService: ['exchange-online'],
      multiFactor: [true],
    },
  },
  {
    rule: 'unencrypted-online',
    verdict: 'unsupported',
    topic: INSECURE,
    when: { deployment: ['online'], encrypted: [false] },
  },
  {
    rule: 'unencrypted-not-allowed',
    verdict: 'unsupported',
    topic: INSECURE,
    when: { deployment: ['on-premises'], encrypted: [false], unencryptedServersAllowed: [false] },
  },
  {
    rule: 'insecure-credentials-not-allowed',
    verdict: 'unsupported',
    topic: INSECURE,
    when: {
      deployment: ['on-premises'],
      encrypted: [false],
      credentials: ['profile', 'mailbox'],
      insecureCredentialsAllowed: [false],
    },
  },
  {
    rule: 'unencrypted',
    verdict: 'not-recommended',
    topic: INSECURE,
    when: { deployment: ['on-premises'], encrypted: [false] },
  },
  {
    rule: 'ports-closed',
    verdict: 'unsupported',
    topic: LIST,
    when: {
      deployment: ['online'],
      cloud: ['us-government'],
      governmentPorts: [false],
    },
  },
  {
    rule: 'traffic-inspected',
    verdict: 'unsupported',
    topic: LIST,
    when: { trafficInspected: [true] },
  },
  { rule: 'bulk-mail', verdict: 'unsupported', topic: LIST, when: { bulkMail: [true] } },
  {
    rule: 'encrypted-messages',
    verdict: 'unsupported',
    topic: 'signed-mail-unsupported',
    when: { encryptedMessages: [true] },
  },
  {
    rule: 'custom-provider',
    verdict: 'unsupported',
    topic: LIST,
    when: { customProvider: [true] },
  },
];
