import {
  idOf,
  type MailboxId,
  type OrganizationId,
  type ProfileId,
} from '../../services/domain/ids.ts';
import type { DeliveryMethod, Direction } from '../../services/domain/mailbox.ts';
import type { Organization } from '../../services/domain/organization.ts';
import type { EmailServerProfile } from '../../services/domain/profile.ts';
import type { Instant } from '../../services/domain/time.ts';
import { secretOf } from '../../services/observability/index.ts';
import type { Registry } from '../../services/sync-engine/index.ts';

type RegisteredMailbox =
  Registry['mailboxes'] extends ReadonlyMap<MailboxId, infer Mailbox> ? Mailbox : never;
type RegisteredProfile =
  Registry['profiles'] extends ReadonlyMap<ProfileId, infer Profile> ? Profile : never;

export interface RegistryOptions {
  readonly address?: string;
  readonly enabled?: readonly Direction[];
  readonly approval?: RegisteredMailbox['initialApproval'];
  readonly active?: boolean;
  readonly credentialSource?: 'profile' | 'mailbox';
  /** The outgoing server of mail has credentials of its own, of the user `sender`, from there. */
  readonly outgoingSource?: 'profile' | 'mailbox';
  readonly approvalRequired?: boolean;
  /** Where it differs from that for users. */
  readonly approvalRequiredForQueues?: boolean;
  /** Both settings of the deployment for insecure channels, or neither. */
  readonly insecureChannels?: boolean;
  /** Of the password that the mail profile, or each of its mailboxes, signs in with. */
  readonly passwordExpiresAt?: Instant;
  /** Of the application in Exchange Online. */
  readonly secretExpiresAt?: Instant;
  readonly outgoingHost?: string;
  /** Anna's mailbox. */
  readonly kind?: 'user' | 'queue';
  /** Anna's mailbox. */
  readonly act?: DeliveryMethod;
  /** Of the profile by which Anna's mail is read. */
  readonly imapPort?: number;
  /** Adds a profile of Exchange Server with Ella's mailbox: an address, or null for Auto Discover. */
  readonly exchangeLocation?: string | null;
  /** Olga's Exchange mailbox is known to a second organization, as `olga-test`. */
  readonly twoOrganizations?: boolean;
  /** Of `olga-test`. */
  readonly twinEnabled?: readonly Direction[];
}

const imapProfileId = idOf<ProfileId>('imap');
const onlineProfileId = idOf<ProfileId>('exchange-online');
const exchangeServerId = idOf<ProfileId>('exchange-server');
const onPremises = idOf<OrganizationId>('contoso');
const online = idOf<OrganizationId>('contoso-online');
const testing = idOf<OrganizationId>('contoso-testing');
const testingProfileId = idOf<ProfileId>('exchange-online-testing');

/** Anna has e-mail by IMAP and SMTP on-premises, Olga everything by Exchange Online; two are Kim Berg. */
export function registryOf(options: RegistryOptions = {}): Registry {
  const {
    address = 'anna.ek@contoso.test',
    enabled = [],
    approval = 'approved',
    active = true,
    credentialSource = 'profile',
    outgoingSource,
    approvalRequired = true,
    approvalRequiredForQueues = approvalRequired,
    kind = 'user',
    insecureChannels = false,
    act = 'none',
    imapPort = 993,
    exchangeLocation,
    twoOrganizations = false,
    twinEnabled = [],
  } = options;
  const password = {
    kind: 'password',
    userName: 'service',
    password: {
      env: 'PASSWORD',
      ...(options.passwordExpiresAt !== undefined && { expiresAt: options.passwordExpiresAt }),
    },
  } as const;
  const sender = {
    outgoingCredentials: {
      ...password,
      userName: 'sender',
      password: { ...password.password, env: 'SENDER_PASSWORD' },
    },
  };
  const mailbox = (id: string, over: Partial<RegisteredMailbox> = {}): RegisteredMailbox => ({
    id: idOf(id),
    organizationId: onPremises,
    name: id,
    address: `${id}@contoso.test`,
    kind: 'user',
    ownerId: idOf(id),
    profileId: imapProfileId,
    active: true,
    methods: {
      incoming: 'server-side-synchronization',
      outgoing: 'server-side-synchronization',
      act: 'none',
    },
    credentials: credentialSource === 'mailbox' ? password : null,
    ...(outgoingSource === 'mailbox' && sender),
    initialApproval: 'approved',
    initiallyEnabled: [],
    ...over,
  });
  const mailboxes = [
    mailbox('anna', {
      name: 'Anna Ek',
      kind,
      address,
      active,
      initialApproval: approval,
      initiallyEnabled: enabled,
      methods: {
        incoming: 'server-side-synchronization',
        outgoing: 'server-side-synchronization',
        act,
      },
    }),
    mailbox('olga', {
      name: 'Ölga Åström',
      organizationId: online,
      profileId: onlineProfileId,
      initialApproval: 'pending',
      methods: {
        incoming: 'server-side-synchronization',
        outgoing: 'server-side-synchronization',
        act: 'server-side-synchronization',
      },
      credentials: null,
    }),
    ...(twoOrganizations
      ? [
          mailbox('olga-test', {
            name: 'Olga Testsystem',
            address: 'Olga@Contoso.test',
            ownerId: idOf('olga'),
            organizationId: testing,
            profileId: testingProfileId,
            initiallyEnabled: twinEnabled,
            methods: {
              incoming: 'server-side-synchronization',
              outgoing: 'server-side-synchronization',
              act: 'server-side-synchronization',
            },
            credentials: null,
          }),
        ]
      : []),
    mailbox('kim-1', { name: 'Kim Berg' }),
    mailbox('kim-2', { name: 'Kim Berg' }),
    mailbox('loner', { name: 'Loner', profileId: null }),
    ...(exchangeLocation === undefined
      ? []
      : [
          mailbox('ella', {
            name: 'Ella Ex',
            profileId: exchangeServerId,
            credentials: null,
            methods: {
              incoming: 'server-side-synchronization',
              outgoing: 'server-side-synchronization',
              act: 'server-side-synchronization',
            },
          }),
        ]),
  ];
  return {
    organizations: new Map(
      [
        {
          ...organization(onPremises, 'on-premises', approvalRequired, approvalRequiredForQueues),
          tls: {
            allowCredentialsOverInsecureChannel: insecureChannels,
            allowUnencryptedServers: insecureChannels,
          },
        },
        organization(online, 'online', true),
        ...(twoOrganizations ? [organization(testing, 'online', true)] : []),
      ].map((each) => [each.id, each]),
    ),
    profiles: new Map<ProfileId, RegisteredProfile>([
      [
        imapProfileId,
        {
          profile: profile(imapProfileId, {
            organizationId: onPremises,
            serverType: 'imap-smtp',
            incoming: {
              protocol: 'imap',
              host: 'mail.contoso.test',
              port: imapPort,
              tls: 'implicit',
            },
            outgoing: {
              protocol: 'smtp',
              host: options.outgoingHost ?? 'mail.contoso.test',
              port: 587,
              tls: 'starttls',
            },
            credentialSource,
            ...(outgoingSource && { outgoingCredentialSource: outgoingSource }),
          }),
          credentials: credentialSource === 'profile' ? password : null,
          ...(outgoingSource === 'profile' && sender),
          certificateAuthorities: [],
        },
      ],
      [
        onlineProfileId,
        exchangeOnline(
          onlineProfileId,
          'Microsoft Exchange Online',
          online,
          options.secretExpiresAt,
        ),
      ],
      ...(twoOrganizations
        ? ([
            [testingProfileId, exchangeOnline(testingProfileId, 'Exchange Online (test)', testing)],
          ] as const)
        : []),
      ...(exchangeLocation === undefined ? [] : [exchangeServer(exchangeLocation)]),
    ]),
    mailboxes: new Map(mailboxes.map((each) => [each.id, each])),
    secrets: { read: async () => secretOf('correct horse') },
    warnings: [],
  };
}

function exchangeServer(location: string | null): [ProfileId, RegisteredProfile] {
  const endpoint = {
    protocol: 'ews',
    host: location === null ? 'autodiscover' : new URL(location).hostname,
    port: 443,
    tls: location?.startsWith('http:') === true ? 'none' : 'implicit',
  } as const;
  return [
    exchangeServerId,
    {
      profile: profile(exchangeServerId, {
        name: 'Contoso Exchange',
        serverType: 'exchange-server',
        exchangeVersion: '2016',
        incoming: endpoint,
        outgoing: endpoint,
        autodiscover: location === null,
        impersonation: true,
        ...(location !== null && { location }),
      }),
      credentials: {
        kind: 'password',
        userName: 'service',
        password: { env: 'PASSWORD' },
      },
      certificateAuthorities: [],
      exchange: {
        url: location,
        autodiscoverUrl: null,
        authentication: 'ntlm',
        impersonation: true,
        schema: 'Exchange2013_SP1',
      },
    },
  ];
}

function exchangeOnline(
  id: ProfileId,
  name: string,
  organizationId: OrganizationId,
  secretExpiresAt?: Instant,
): RegisteredProfile {
  return {
    profile: profile(id, {
      name,
      organizationId,
      serverType: 'exchange-online',
      credentialSource: 'server-to-server',
      autodiscover: true,
    }),
    credentials: {
      kind: 'client-credentials',
      tenantId: 'tenant',
      clientId: 'client',
      clientSecret: {
        env: 'CLIENT_SECRET',
        ...(secretExpiresAt !== undefined && { expiresAt: secretExpiresAt }),
      },
      authority: 'https://login.microsoftonline.com',
      graph: 'https://graph.microsoft.com',
    },
    certificateAuthorities: [],
  };
}

function organization(
  id: OrganizationId,
  deployment: Organization['deployment'],
  required: boolean,
  requiredForQueues = required,
): Organization {
  return {
    id,
    name: id,
    deployment,
    tenantId: null,
    fips: false,
    approval: {
      requiredForUsers: required,
      requiredForQueues,
      selfApprovalNeedsPrivilege: false,
    },
    tls: { allowCredentialsOverInsecureChannel: false, allowUnencryptedServers: false },
    performance: { intermittentFrom: 1, permanentFrom: 5 },
  };
}

function profile(id: ProfileId, over: Partial<EmailServerProfile>): EmailServerProfile {
  const graph = {
    protocol: 'graph',
    host: 'graph.microsoft.com',
    port: 443,
    tls: 'implicit',
  } as const;
  return {
    id,
    organizationId: onPremises,
    name: 'Contoso mail',
    serverType: 'imap-smtp',
    incoming: graph,
    outgoing: graph,
    credentialSource: 'profile',
    autodiscover: false,
    impersonation: false,
    ownerId: idOf('profile-owner'),
    replica: false,
    ...over,
  };
}
