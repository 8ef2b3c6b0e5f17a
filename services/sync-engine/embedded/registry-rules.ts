import type { Problem } from '../../observability/index.ts';
import { exchangeServerProblems } from './registry-exchange-rules.ts';
import type { ParsedItems, Placed } from './registry-items.ts';
import type {
  MailboxItem,
  MailServerItem,
  OrganizationItem,
  ProfileItem,
  ProfileItemOf,
} from './registry-schema.ts';
import { mailboxSignInProblems, mailServerSignInProblems } from './registry-sign-in-rules.ts';

export interface RegistryItems {
  readonly organizations: ParsedItems<OrganizationItem>;
  readonly profiles: ParsedItems<ProfileItem>;
  readonly mailboxes: ParsedItems<MailboxItem>;
}

export type Found = Omit<Problem, 'where'>;

/** Everything that is wrong between items; what is not supported, registry-support.ts finds. */
export function registryProblems(items: RegistryItems): readonly Found[] {
  const organizations = byId(items.organizations);
  const profiles = byId(items.profiles);
  return [
    ...duplicates(items.organizations.items, 'id', (item) => item.id),
    ...duplicates(items.profiles.items, 'id', (item) => item.id),
    ...duplicates(items.mailboxes.items, 'id', (item) => item.id),
    ...duplicateAddresses(items.mailboxes.items, profiles),
    ...items.organizations.items.flatMap(organizationProblems),
    ...items.profiles.items.flatMap(({ path, item }) =>
      organizations.has(item.organization)
        ? profileProblems(path, item)
        : unknown(path, 'organization', item.organization, items.organizations),
    ),
    ...items.mailboxes.items.flatMap(({ path, item }) => {
      const profile = item.profile === null ? undefined : profiles.get(item.profile);
      const organization = item.organization ?? profile?.organization;
      return [
        ...(item.profile !== null && profile === undefined
          ? unknown(path, 'profile', item.profile, items.profiles)
          : []),
        ...(item.organization !== undefined && !organizations.has(item.organization)
          ? unknown(path, 'organization', item.organization, items.organizations)
          : []),
        ...mailboxProblems(path, item, profile, organization),
      ];
    }),
  ];
}

function byId<Item extends { readonly id: string }>(
  parsed: ParsedItems<Item>,
): ReadonlyMap<string, Item> {
  return new Map(parsed.items.map(({ item }) => [item.id, item]));
}

function duplicates<Item>(
  placed: readonly Placed<Item>[],
  field: string,
  keyOf: (item: Item) => string,
): readonly Found[] {
  const first = new Map<string, string>();
  return placed.flatMap(({ path, item }) => {
    const key = keyOf(item);
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, path);
      return [];
    }
    return [duplicate(field, key, path, earlier)];
  });
}

function duplicate(field: string, key: string, path: string, earlier: string): Found {
  return {
    path: `${path}.${field}`,
    what: `${key} stands at ${earlier} already`,
    remedy: `Give this one another ${field}, or remove it.`,
  };
}

/**
 * One Exchange mailbox may be known to several organizations, of which one synchronizes it; within
 * one organization an address stands once. Where the organization is a mistake of its own, any other
 * may be meant.
 */
function duplicateAddresses(
  placed: readonly Placed<MailboxItem>[],
  profiles: ReadonlyMap<string, ProfileItem>,
): readonly Found[] {
  const seen = new Map<string, { organization: string | undefined; path: string }[]>();
  return placed.flatMap(({ path, item }) => {
    const address = item.address.toLowerCase();
    const profile = item.profile === null ? undefined : profiles.get(item.profile);
    const organization = item.organization ?? profile?.organization;
    const others = seen.get(address) ?? [];
    const earlier = others.find(
      (other) =>
        organization === undefined ||
        other.organization === undefined ||
        other.organization === organization,
    );
    seen.set(address, [...others, { organization, path }]);
    return earlier === undefined ? [] : [duplicate('address', address, path, earlier.path)];
  });
}

function unknown(
  path: string,
  field: 'organization' | 'profile',
  id: string,
  parsed: ParsedItems<unknown>,
): readonly Found[] {
  if (parsed.brokenIds.has(id)) return [];
  return [
    {
      path: `${path}.${field}`,
      what: `there is no ${field} with the id ${id}`,
      remedy: `Add it under ${field}s, or correct the spelling.`,
    },
  ];
}

function organizationProblems({ path, item }: Placed<OrganizationItem>): readonly Found[] {
  const opened = item.tls.allowCredentialsOverInsecureChannel || item.tls.allowUnencryptedServers;
  if (item.deployment === 'on-premises' || !opened) return [];
  return [
    {
      path: `${path}.tls`,
      what: 'insecure channels are a deployment setting of Dynamics 365 (on-premises)',
      remedy: 'Remove tls from an online organization.',
    },
  ];
}

function profileProblems(path: string, item: ProfileItem): readonly Found[] {
  switch (item.serverType) {
    case 'exchange-online':
      return exchangeOnlineProblems(path, item);
    case 'exchange-server':
      return exchangeServerProblems(path, item);
    case 'pop3-smtp':
    case 'imap-smtp':
      return mailServerProblems(path, item);
  }
}

function exchangeOnlineProblems(
  path: string,
  item: ProfileItemOf<'exchange-online'>,
): readonly Found[] {
  const found: Found[] = [];
  const unsupported = (field: string, what: string, remedy: string): void => {
    found.push({
      path: `${path}.${field}`,
      what: `not supported with Exchange Online: ${what}`,
      remedy,
    });
  };
  for (const field of ['authority', 'graph'] as const) {
    const url = new URL(item.credentials[field]);
    const loopback = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
    if (url.protocol !== 'https:' && !(item.replica && loopback)) {
      unsupported(
        `credentials.${field}`,
        'an address without TLS',
        'Use https; only a replica on this machine may do without.',
      );
    }
  }
  return found;
}

function mailServerProblems(path: string, item: MailServerItem): readonly Found[] {
  const found: Found[] = [];
  const add = (field: string, what: string, remedy: string): void => {
    found.push({ path: `${path}.${field}`, what, remedy });
  };
  if (item.impersonation) add('impersonation', 'only Exchange knows impersonation', 'Write false.');
  if (item.autodiscover) add('autodiscover', 'only Exchange knows Auto Discover', 'Write false.');
  if (item.credentialSource === 'server-to-server') {
    add(
      'credentialSource',
      'only Exchange Online trusts server to server',
      'Write profile or mailbox.',
    );
  }
  return [...found, ...mailServerSignInProblems(path, item)];
}

function mailboxProblems(
  path: string,
  item: MailboxItem,
  profile: ProfileItem | undefined,
  organization: string | undefined,
): readonly Found[] {
  const found: Found[] = [];
  const add = (field: string, what: string, remedy: string): void => {
    found.push({ path: `${path}.${field}`, what, remedy });
  };
  if (organization === undefined && item.profile === null) {
    add('organization', 'a mailbox without a profile belongs to no organization', 'Name one.');
  }
  for (const direction of item.enabled) {
    if (item.methods[direction] !== 'server-side-synchronization') {
      add(
        'enabled',
        `${direction} is not synchronized by the server`,
        `Remove ${direction}, or change its method.`,
      );
    }
  }
  if (profile === undefined) return found;
  if (item.organization !== undefined && item.organization !== profile.organization) {
    add(
      'organization',
      `its profile belongs to ${profile.organization}`,
      `Write ${profile.organization}, or leave it out.`,
    );
  }
  return [...found, ...mailboxSignInProblems(path, item, profile)];
}
