import type { ProfileId } from '../../domain/ids.ts';
import type { Organization } from '../../domain/organization.ts';
import { mayBePort, USUAL_PORTS } from '../../domain/server-address.ts';
import { setUpOf, unencryptedEndpoints } from '../../domain/set-up.ts';
import type {
  ChangeObjection,
  NotAllowed,
  OfProfile,
  ProfileChange,
  ServerAddress,
} from '../../domain/set-up-change.ts';
import { type SupportReason, supportOf } from '../../domain/supported-configuration.ts';
import { hostTrouble } from '../../probes/index.ts';
import { changedProfile, hostsOf, partOf } from './changeable-registry.ts';
import type { RegisteredProfile, Registry } from './registry.ts';

const EXPLAINED: Readonly<Record<NotAllowed, string>> = {
  malformed: 'profile-location-settings',
  'own-machine': 'profile-location-settings',
  'port-of-others': 'server-location-or-port-wrong',
  'other-server-type': 'unsupported-configurations',
  'less-secure': 'insecure-credentials',
};
/** As Dataverse keeps it: `defaultserverlocation`. */
const LONGEST_LOCATION = 2084;
const HTTPS_PORT = 443;

export interface Judged {
  /** What would lie over the file; null where the file's own value comes back. */
  readonly value: Pick<OfProfile, 'part' | 'now'> | null;
  readonly part: OfProfile['part'];
  readonly after: RegisteredProfile;
  readonly warnings: readonly SupportReason[];
}

/** The rules of the registry file, for one change. `base` is what the file says. */
export function judgeChange(
  registry: Registry,
  profileId: ProfileId,
  used: RegisteredProfile,
  base: RegisteredProfile,
  change: ProfileChange,
): Judged | ChangeObjection {
  const wanted = wantedOf(change, used, base);
  if ('because' in wanted) return notAllowed(wanted.because);
  const { part } = wanted;
  const value = sameValue(wanted.now, partOf(base, part)) ? null : (wanted as Judged['value']);
  const after = changedProfile(used, base, wanted);
  const cleared = unencryptedEndpoints(after.profile).length;
  if (cleared > unencryptedEndpoints(used.profile).length) return notAllowed('less-secure');
  const { unsupported, warnings } = supportFor(registry, profileId, used, after);
  if (unsupported !== undefined) return { kind: 'unsupported', reason: unsupported };
  return { value, part, after, warnings };
}

function notAllowed(because: NotAllowed): ChangeObjection {
  return { kind: 'not-allowed', because, topic: EXPLAINED[because] };
}

interface Wanted {
  readonly part: OfProfile['part'];
  readonly now: ServerAddress | string | null;
}

function wantedOf(
  change: ProfileChange,
  used: RegisteredProfile,
  base: RegisteredProfile,
): Wanted | { readonly because: NotAllowed } {
  const { serverType } = used.profile;
  const exchange = serverType === 'exchange-server' || serverType === 'exchange-online';
  switch (change.kind) {
    case 'undo':
      return { part: change.part, now: partOf(base, change.part) };
    case 'search-location':
      return exchange ? { part: 'location', now: null } : { because: 'other-server-type' };
    case 'fix-location': {
      if (serverType !== 'exchange-server') return { because: 'other-server-type' };
      const because = locationTrouble(change.url, base);
      return because === null ? { part: 'location', now: change.url } : { because };
    }
    case 'set-endpoint': {
      if (exchange) return { because: 'other-server-type' };
      const { side, host, port, tls } = change;
      const because = endpointTrouble(change, used, base);
      return because === null ? { part: side, now: { host, port, tls } } : { because };
    }
  }
}

function locationTrouble(text: string, base: RegisteredProfile): NotAllowed | null {
  if (text.length > LONGEST_LOCATION || !URL.canParse(text)) return 'malformed';
  const { protocol, hostname, port, username, password, search, hash } = new URL(text);
  const bare = username === '' && password === '' && search === '' && hash === '';
  if (protocol !== 'https:' || !bare) return 'malformed';
  const trouble = hostsOf(base).includes(hostname) ? null : hostTrouble(hostname);
  if (trouble !== null) return trouble;
  const asked = port === '' ? HTTPS_PORT : Number(port);
  return mayBePort(asked, [HTTPS_PORT, base.profile.incoming.port]) ? null : 'port-of-others';
}

function endpointTrouble(
  { side, host, port }: Extract<ProfileChange, { readonly kind: 'set-endpoint' }>,
  { profile }: RegisteredProfile,
  base: RegisteredProfile,
): NotAllowed | null {
  const trouble = hostsOf(base).includes(host.toLowerCase()) ? null : hostTrouble(host);
  if (trouble !== null) return trouble;
  const { protocol } = profile[side];
  const usual = protocol === 'ews' || protocol === 'graph' ? [] : USUAL_PORTS[protocol];
  const known = [...usual.map((one) => one.port), base.profile[side].port];
  return mayBePort(port, known) ? null : 'port-of-others';
}

export function sameValue(
  one: ServerAddress | string | null,
  other: ServerAddress | string | null,
): boolean {
  if (one === null || other === null || typeof one === 'string' || typeof other === 'string') {
    return one === other;
  }
  return (
    one.host.toLowerCase() === other.host.toLowerCase() &&
    one.port === other.port &&
    one.tls === other.tls
  );
}

/** What speaks against the profile as it would be, for itself and for each kind of its mailboxes. */
function supportFor(
  { organizations, mailboxes }: Registry,
  profileId: ProfileId,
  used: RegisteredProfile,
  after: RegisteredProfile,
): { unsupported: SupportReason | undefined; warnings: readonly SupportReason[] } {
  const organization: Organization | null = organizations.get(after.profile.organizationId) ?? null;
  const kinds = new Map<string, Parameters<typeof setUpOf>[2]>([['', null]]);
  for (const { kind, methods, profileId: own } of mailboxes.values()) {
    if (own === profileId) kinds.set(`${kind} ${methods.act}`, { kind, act: methods.act });
  }
  const reasons = new Map<string, SupportReason>();
  const known = new Set<string>();
  for (const mailbox of kinds.values()) {
    for (const reason of supportOf(setUpOf(after.profile, organization, mailbox)).reasons) {
      reasons.set(reason.rule, reason);
    }
    for (const { rule } of supportOf(setUpOf(used.profile, organization, mailbox)).reasons) {
      known.add(rule);
    }
  }
  const all = [...reasons.values()];
  return {
    // What was so before is no reason against a change that leaves it as it is.
    unsupported: all.find(({ verdict, rule }) => verdict === 'unsupported' && !known.has(rule)),
    warnings: all.filter(({ verdict }) => verdict === 'not-recommended'),
  };
}
