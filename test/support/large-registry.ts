import {
  idOf,
  type MailboxId,
  type OrganizationId,
  type ProfileId,
} from '../../services/domain/ids.ts';
import type { MailboxState } from '../../services/domain/mailbox-state.ts';
import type { EmailServerProfile } from '../../services/domain/profile.ts';
import { secretOf } from '../../services/observability/index.ts';
import type { Registry } from '../../services/sync-engine/index.ts';

type Mailboxes = Registry['mailboxes'];
type RegisteredMailbox = Mailboxes extends ReadonlyMap<MailboxId, infer Mailbox> ? Mailbox : never;

/** Mailboxes that one profile reaches; numbered from 1. */
export interface MailboxGroup {
  readonly profile: string;
  readonly mailboxes: number;
  readonly incoming: EmailServerProfile['incoming'];
  readonly outgoing: EmailServerProfile['outgoing'];
  /** In PEM. */
  readonly certificateAuthorities?: readonly string[];
}

export interface LargeRegistryOptions {
  readonly password: string;
  readonly domain: string;
}

/** On-premises, incoming and outgoing mail enabled, addresses `<profile><number>@<domain>`. */
export function largeRegistry(
  groups: readonly MailboxGroup[],
  { password, domain }: LargeRegistryOptions,
): Registry {
  const organizationId = idOf<OrganizationId>('large');
  const byServer = 'server-side-synchronization' as const;
  const mailboxOf = (profile: string, number: number): RegisteredMailbox => {
    const address = `${profile}${number}@${domain}`;
    return {
      id: idOf(`${profile}-${number}`),
      organizationId,
      name: `${profile} ${number}`,
      address,
      kind: 'user',
      ownerId: null,
      profileId: idOf(profile),
      active: true,
      methods: { incoming: byServer, outgoing: byServer, act: 'none' },
      credentials: { kind: 'password', userName: address, password: { env: 'PASSWORD' } },
      initialApproval: 'approved',
      initiallyEnabled: ['incoming', 'outgoing'],
    };
  };
  const mailboxes = groups.flatMap(({ profile, mailboxes }) =>
    Array.from({ length: mailboxes }, (_, index) => mailboxOf(profile, index + 1)),
  );
  return {
    organizations: new Map([
      [
        organizationId,
        {
          id: organizationId,
          name: 'Large',
          deployment: 'on-premises',
          tenantId: null,
          fips: false,
          approval: {
            requiredForUsers: true,
            requiredForQueues: true,
            selfApprovalNeedsPrivilege: false,
          },
          tls: { allowCredentialsOverInsecureChannel: false, allowUnencryptedServers: false },
          performance: { intermittentFrom: 1, permanentFrom: 5 },
        },
      ],
    ]),
    profiles: new Map(
      groups.map(({ profile, incoming, outgoing, certificateAuthorities = [] }) => [
        idOf<ProfileId>(profile),
        {
          profile: {
            id: idOf(profile),
            organizationId,
            name: profile,
            serverType: incoming.protocol === 'pop3' ? 'pop3-smtp' : 'imap-smtp',
            incoming,
            outgoing,
            credentialSource: 'mailbox',
            autodiscover: false,
            impersonation: false,
            ownerId: null,
            replica: false,
          },
          credentials: null,
          certificateAuthorities,
        },
      ]),
    ),
    mailboxes: new Map(mailboxes.map((mailbox) => [mailbox.id, mailbox])),
    secrets: { read: async () => secretOf(password) },
    warnings: [],
  };
}

/** As they are after the first turn of each: what a day in the life of the engine begins with. */
export function workingStates({ mailboxes }: Registry): readonly MailboxState[] {
  const works = {
    enabled: true,
    status: 'success',
    transientFailures: 0,
    nextAttemptAt: null,
    confirming: false,
    lastFailure: null,
    disabledAt: null,
    answersAgainAt: null,
  } as const;
  return [...mailboxes.values()].map(({ id, address }) => ({
    id,
    address,
    approval: { state: 'approved', decidedBy: null, decidedAt: null },
    active: true,
    directions: {
      incoming: works,
      outgoing: works,
      act: { ...works, enabled: false, status: 'not-run' },
    },
    lastSeenUid: '0',
    version: 1,
  }));
}
