import { idOf, type MailboxId, type OrganizationId, type ProfileId } from '../../domain/ids.ts';
import type { Organization } from '../../domain/organization.ts';
import type { EmailServerProfile, Endpoint } from '../../domain/profile.ts';
import type {
  CredentialReference,
  RegisteredMailbox,
  RegisteredProfile,
  Registry,
  SetUpWarning,
} from './registry.ts';
import { credentialsOf, placed } from './registry-credentials.ts';
import { exchangeAccess, exchangeEndpoint, webEndpoint } from './registry-exchange.ts';
import type { RegistryItems } from './registry-rules.ts';
import type { MailboxItem, OrganizationItem, ProfileItem } from './registry-schema.ts';
import { ownOutgoingSource } from './registry-sign-in-rules.ts';
import type { SecretReader } from './secret-reader.ts';

interface Checked {
  readonly items: RegistryItems;
  /** Paths in the file are relative to it. */
  readonly folder: string;
  /** PEM by the path of the profile's item. */
  readonly authorities: ReadonlyMap<string, string>;
  readonly secrets: SecretReader;
  readonly warnings: readonly SetUpWarning[];
}

/** From checked items to the domain's types; nothing can fail any more. */
export function buildRegistry({
  items,
  folder,
  authorities,
  secrets,
  warnings,
}: Checked): Registry {
  const organizations = new Map<OrganizationId, Organization>(
    items.organizations.items.map(({ item }) => [idOf(item.id), organizationOf(item)]),
  );
  const profiles = new Map<ProfileId, RegisteredProfile>();
  for (const { path, item } of items.profiles.items) {
    const pem = authorities.get(path);
    profiles.set(idOf(item.id), {
      profile: profileOf(item),
      credentials: profileCredentials(item, folder),
      ...ownOutgoing(item, folder),
      certificateAuthorities: pem === undefined ? [] : [pem],
      ...(item.serverType === 'exchange-server' && { exchange: exchangeAccess(item) }),
    });
  }
  const mailboxes = new Map<MailboxId, RegisteredMailbox>();
  for (const { item } of items.mailboxes.items) {
    const profileId = item.profile === null ? null : idOf<ProfileId>(item.profile);
    const profile = profileId === null ? undefined : profiles.get(profileId)?.profile;
    const organization = profile?.organizationId ?? idOf<OrganizationId>(item.organization ?? '');
    mailboxes.set(idOf(item.id), mailboxOf(item, profileId, organization, folder));
  }
  return { organizations, profiles, mailboxes, secrets, warnings };
}

export function organizationOf(item: OrganizationItem): Organization {
  return { ...item, id: idOf(item.id) };
}

export function profileOf(item: ProfileItem): EmailServerProfile {
  const { incoming, outgoing } = endpointsOf(item);
  const outgoingSource = ownOutgoingSource(item);
  return {
    id: idOf(item.id),
    organizationId: idOf(item.organization),
    name: item.name,
    serverType: item.serverType,
    incoming,
    outgoing,
    credentialSource: item.credentialSource,
    ...(outgoingSource && { outgoingCredentialSource: outgoingSource }),
    autodiscover: item.autodiscover,
    impersonation: item.impersonation,
    ownerId: item.owner === null ? null : idOf(item.owner),
    replica: item.replica,
    ...(!item.majorEventsToOwner && { majorEventsToOwner: false }),
    ...(item.serverType === 'exchange-online' && { tenantId: item.credentials.tenantId }),
    ...(item.serverType === 'exchange-server' &&
      item.exchangeVersion !== undefined && { exchangeVersion: item.exchangeVersion }),
    ...(item.serverType === 'exchange-server' &&
      item.location !== null && { location: item.location }),
  };
}

function endpointsOf(item: ProfileItem): { incoming: Endpoint; outgoing: Endpoint } {
  switch (item.serverType) {
    case 'exchange-online': {
      const endpoint = webEndpoint('graph', item.credentials.graph);
      return { incoming: endpoint, outgoing: endpoint };
    }
    case 'exchange-server': {
      const endpoint = exchangeEndpoint(item);
      return { incoming: endpoint, outgoing: endpoint };
    }
    case 'pop3-smtp':
    case 'imap-smtp':
      return {
        incoming: { protocol: item.serverType === 'pop3-smtp' ? 'pop3' : 'imap', ...item.incoming },
        outgoing: { protocol: 'smtp', ...item.outgoing },
      };
  }
}

function profileCredentials(item: ProfileItem, folder: string): CredentialReference | null {
  if (item.serverType === 'exchange-online') {
    const { clientSecret, ...rest } = item.credentials;
    return { kind: 'client-credentials', ...rest, clientSecret: placed(clientSecret, folder) };
  }
  if (item.serverType === 'exchange-server' && item.application !== undefined) {
    const { clientSecret, ...rest } = item.application;
    // The resource is the Exchange server, wherever it is found (ews-sign-in.ts).
    return {
      kind: 'client-credentials',
      ...rest,
      graph: '',
      clientSecret: placed(clientSecret, folder),
    };
  }
  return item.credentials === undefined ? null : credentialsOf(item.credentials, folder);
}

function ownOutgoing(
  item: ProfileItem | MailboxItem,
  folder: string,
): Pick<RegisteredProfile, 'outgoingCredentials'> {
  return 'outgoingCredentials' in item && item.outgoingCredentials !== undefined
    ? { outgoingCredentials: credentialsOf(item.outgoingCredentials, folder) }
    : {};
}

function mailboxOf(
  item: MailboxItem,
  profileId: ProfileId | null,
  organizationId: OrganizationId,
  folder: string,
): RegisteredMailbox {
  return {
    id: idOf(item.id),
    organizationId,
    name: item.name,
    address: item.address,
    kind: item.kind,
    ownerId: item.owner === null ? null : idOf(item.owner),
    profileId,
    active: item.active,
    methods: item.methods,
    credentials: item.credentials === undefined ? null : credentialsOf(item.credentials, folder),
    ...ownOutgoing(item, folder),
    initialApproval: item.approval,
    initiallyEnabled: item.enabled,
  };
}
