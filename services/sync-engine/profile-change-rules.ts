import type { Mailbox } from '../domain/mailbox.ts';
import type { Organization } from '../domain/organization.ts';
import type { EmailServerProfile } from '../domain/profile.ts';
import { mayBePort, USUAL_PORTS } from '../domain/server-address.ts';
import { type SynchronizedMailbox, setUpOf, unencryptedEndpoints } from '../domain/set-up.ts';
import type {
  ChangeObjection,
  NotAllowed,
  ProfileChange,
  ProfilePart,
} from '../domain/set-up-change.ts';
import { type SupportReason, supportOf } from '../domain/supported-configuration.ts';
import { hostTrouble } from '../probes/index.ts';
import { hostsOf, type PartValue, partOf } from './profile-parts.ts';

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

export interface WantedPart {
  readonly part: ProfilePart;
  readonly now: PartValue;
}

/**
 * What a change wishes a part to be. `base` is the profile without what buttons have changed of it: its
 * hosts and ports were named by whoever administers it.
 */
export function wantedPart(
  change: ProfileChange,
  used: EmailServerProfile,
  base: EmailServerProfile,
): WantedPart | ChangeObjection {
  const wanted = wish(change, used, base);
  return 'because' in wanted ? notAllowed(wanted.because) : wanted;
}

function notAllowed(because: NotAllowed): ChangeObjection {
  return { kind: 'not-allowed', because, topic: EXPLAINED[because] };
}

function wish(
  change: ProfileChange,
  { serverType, ...used }: EmailServerProfile,
  base: EmailServerProfile,
): WantedPart | { readonly because: NotAllowed } {
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
      const because = endpointTrouble(change, used[side].protocol, base);
      return because === null ? { part: side, now: { host, port, tls } } : { because };
    }
  }
}

function locationTrouble(text: string, base: EmailServerProfile): NotAllowed | null {
  if (text.length > LONGEST_LOCATION || !URL.canParse(text)) return 'malformed';
  const { protocol, hostname, port, username, password, search, hash } = new URL(text);
  const bare = username === '' && password === '' && search === '' && hash === '';
  if (protocol !== 'https:' || !bare) return 'malformed';
  const trouble = hostsOf(base).includes(hostname) ? null : hostTrouble(hostname);
  if (trouble !== null) return trouble;
  const asked = port === '' ? HTTPS_PORT : Number(port);
  return mayBePort(asked, [HTTPS_PORT, base.incoming.port]) ? null : 'port-of-others';
}

function endpointTrouble(
  { side, host, port }: Extract<ProfileChange, { readonly kind: 'set-endpoint' }>,
  protocol: EmailServerProfile['incoming']['protocol'],
  base: EmailServerProfile,
): NotAllowed | null {
  const trouble = hostsOf(base).includes(host.toLowerCase()) ? null : hostTrouble(host);
  if (trouble !== null) return trouble;
  const usual = protocol === 'ews' || protocol === 'graph' ? [] : USUAL_PORTS[protocol];
  const known = [...usual.map((one) => one.port), base[side].port];
  return mayBePort(port, known) ? null : 'port-of-others';
}

interface ChangedSetUp {
  readonly used: EmailServerProfile;
  readonly after: EmailServerProfile;
  readonly organization: Organization | null;
  /** Those that use the profile; one of each kind and method is enough. */
  readonly mailboxes: Iterable<SynchronizedMailbox>;
}

/** Never less secure, and nothing that Microsoft does not support; what it advises against is warned of. */
export function judgeSetUp(
  changed: ChangedSetUp,
): { readonly warnings: readonly SupportReason[] } | ChangeObjection {
  const { used, after } = changed;
  if (unencryptedEndpoints(after).length > unencryptedEndpoints(used).length) {
    return notAllowed('less-secure');
  }
  const { unsupported, warnings } = supportFor(changed);
  return unsupported === undefined ? { warnings } : { kind: 'unsupported', reason: unsupported };
}

/** What speaks against the profile as it would be, for itself and for each kind of its mailboxes. */
function supportFor({ used, after, organization, mailboxes }: ChangedSetUp): {
  readonly unsupported: SupportReason | undefined;
  readonly warnings: readonly SupportReason[];
} {
  const kinds = new Map<string, SynchronizedMailbox | null>([['', null]]);
  for (const { kind, act } of mailboxes) kinds.set(`${kind} ${act}`, { kind, act });
  const reasons = new Map<string, SupportReason>();
  const known = new Set<string>();
  for (const mailbox of kinds.values()) {
    for (const reason of supportOf(setUpOf(after, organization, mailbox)).reasons) {
      reasons.set(reason.rule, reason);
    }
    for (const { rule } of supportOf(setUpOf(used, organization, mailbox)).reasons) {
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

/** Only what is said of ACT: the rest was so before. */
export function reasonsAgainstAct(
  profile: EmailServerProfile | null,
  organization: Organization | null,
  { kind }: Pick<Mailbox, 'kind'>,
  act: SynchronizedMailbox['act'],
): readonly SupportReason[] {
  const { reasons } =
    profile === null
      ? supportOf({ mailbox: kind, act })
      : supportOf(setUpOf(profile, organization, { kind, act }));
  return reasons.filter(({ facts }) => facts.includes('act'));
}
