import { setUpOf } from '../../domain/set-up.ts';
import { type SetUp, type SupportReason, supportOf } from '../../domain/supported-configuration.ts';
import type { Problem } from '../../observability/index.ts';
import { organizationOf, profileOf } from './build-registry.ts';
import type { SetUpWarning } from './registry.ts';
import type { RegistryItems } from './registry-rules.ts';
import type { MailboxItem, OrganizationItem, ProfileItem } from './registry-schema.ts';
import { SUPPORT_TEXTS } from './support-texts.ts';

type Found = Omit<Problem, 'where'>;

export interface SupportFindings {
  /** What Microsoft does not support is refused at the start. */
  readonly problems: readonly Found[];
  /** What it advises against is done, and said. */
  readonly warnings: readonly SetUpWarning[];
}

/**
 * Refused credentials are an alert of the document (`insecure-credentials`): the engine starts, so
 * that it is raised on the mailboxes and people are told, instead of one administrator at a prompt.
 */
const LEFT_TO_THE_ALERT: ReadonlySet<string> = new Set(['insecure-credentials-not-allowed']);

/** Holds every profile, and every mailbox in its profile, against the supported matrix (domain.md §6.5). */
export function supportFindings(items: RegistryItems): SupportFindings {
  const organizations = new Map(items.organizations.items.map(({ item }) => [item.id, item]));
  const profiles = new Map<string, ProfileItem>();
  const problems: Found[] = [];
  const warnings: SetUpWarning[] = [];
  const take = (path: string, reason: SupportReason, fields: readonly string[]): void => {
    const text = SUPPORT_TEXTS[reason.rule];
    if (text === null) return;
    for (const field of fields.length === 0 ? [text.field] : fields) {
      const ofLocation = field === 'location' ? text.remedyOfLocation : undefined;
      const remedy = `${ofLocation ?? text.remedy} ${explainedBy(reason)}`;
      const found = { path: `${path}.${field}`, what: text.what, remedy };
      if (reason.verdict === 'unsupported' && !LEFT_TO_THE_ALERT.has(reason.rule)) {
        problems.push(found);
      } else warnings.push({ ...found, rule: reason.rule, topic: reason.topic });
    }
  };
  for (const { path, item } of items.profiles.items) {
    profiles.set(item.id, item);
    const foreign = foreignServer(item);
    if (foreign !== null) {
      for (const reason of supportOf(MIXES[foreign]).reasons) take(path, reason, [foreign]);
    }
    for (const reason of reasonsOf(item, organizations.get(item.organization), null)) {
      if (!reason.facts.includes('encrypted')) take(path, reason, []);
      else if (item.serverType !== 'exchange-online') take(path, reason, clearFields(item));
    }
  }
  for (const { path, item } of items.mailboxes.items) {
    const profile = item.profile === null ? undefined : profiles.get(item.profile);
    const reasons =
      profile === undefined
        ? supportOf({ mailbox: item.kind, act: item.methods.act }).reasons
        : reasonsOf(profile, organizations.get(profile.organization), item);
    for (const reason of reasons.filter(({ facts }) => facts.includes('act'))) {
      take(path, reason, []);
    }
  }
  for (const { path, item } of items.organizations.items) {
    if (!mixesActMethods(item, profiles, items)) continue;
    const [reason] = supportOf({ actMethodsMixed: true }).reasons;
    if (reason === undefined) continue;
    warnings.push({
      path,
      what: 'not recommended: some synchronize appointments, contacts and tasks by Outlook, others by the server',
      remedy: `Use one method for everybody. ${explainedBy(reason)}`,
      rule: reason.rule,
      topic: reason.topic,
    });
  }
  return { problems, warnings };
}

function reasonsOf(
  profile: ProfileItem,
  organization: OrganizationItem | undefined,
  mailbox: MailboxItem | null,
): readonly SupportReason[] {
  const synchronized = mailbox && { kind: mailbox.kind, act: mailbox.methods.act };
  const known = organization === undefined ? null : organizationOf(organization);
  return supportOf(setUpOf(profileOf(profile), known, synchronized)).reasons;
}

function explainedBy({ topic }: SupportReason): string {
  return `The article ${topic} explains it.`;
}

/** Exchange beside another kind of server: the fields of one profile that belong to the other kind. */
const MIXES = {
  outgoing: { incomingProtocol: 'exchange', outgoingProtocol: 'smtp' },
  location: { incomingProtocol: 'pop3', outgoingProtocol: 'exchange' },
} as const satisfies Readonly<Record<string, SetUp>>;

function foreignServer(item: ProfileItem): keyof typeof MIXES | null {
  const byExchange = item.serverType === 'exchange-online' || item.serverType === 'exchange-server';
  if (byExchange) return item.outgoing === undefined ? null : 'outgoing';
  return item.location === undefined ? null : 'location';
}

/** A server without TLS is said of the connection that has none, or of both. */
function clearFields(
  item: Exclude<ProfileItem, { serverType: 'exchange-online' }>,
): readonly string[] {
  if (item.serverType === 'exchange-server') return ['location'];
  return (['incoming', 'outgoing'] as const)
    .filter((side) => item[side].tls === 'none')
    .map((side) => `${side}.tls`);
}

function mixesActMethods(
  organization: OrganizationItem,
  profiles: ReadonlyMap<string, ProfileItem>,
  { mailboxes }: RegistryItems,
): boolean {
  const used = new Set(
    mailboxes.items
      .filter(
        ({ item }) =>
          (item.organization ?? profiles.get(item.profile ?? '')?.organization) === organization.id,
      )
      .map(({ item }) => item.methods.act),
  );
  return used.has('outlook') && used.has('server-side-synchronization');
}
