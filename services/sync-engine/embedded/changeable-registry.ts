import type { MailboxId, ProfileId } from '../../domain/ids.ts';
import type { DeliveryMethod, Direction } from '../../domain/mailbox.ts';
import type { EmailServerProfile } from '../../domain/profile.ts';
import { isOfProfile, type OfProfile, type SetUpChange } from '../../domain/set-up-change.ts';
import { hostsOf, NOWHERE } from '../profile-parts.ts';
import type { RegisteredMailbox, RegisteredProfile, Registry } from './registry.ts';
import { locatedEndpoint } from './registry-exchange.ts';

/** The registry file with what was changed by buttons laid over it: one view, which everybody reads. */
export interface ChangeableRegistry {
  /** Shows each change at once, also to whoever holds one of its mailboxes. */
  readonly registry: Registry;
  /** As the file has it. */
  readonly file: Registry;
  /** Another one after each change of a profile. */
  version(): number;
  lay(change: SetUpChange): void;
  lift(change: SetUpChange): void;
}

type ChangeableMailbox = Omit<RegisteredMailbox, 'active' | 'methods'> & {
  active: boolean;
  readonly methods: Record<Direction, DeliveryMethod>;
};

export function createChangeableRegistry(file: Registry): ChangeableRegistry {
  const profiles = new Map<ProfileId, RegisteredProfile>(file.profiles);
  /** Timers and the finder's index hold a mailbox for good, so what changes of it changes in place. */
  const mailboxes = new Map<MailboxId, ChangeableMailbox>();
  for (const [id, registered] of file.mailboxes) {
    mailboxes.set(id, { ...registered, methods: { ...registered.methods } });
  }
  let version = 0;
  const laid = new Map<ProfileId, Map<OfProfile['part'], OfProfile>>();

  function redraw(profileId: ProfileId): void {
    const base = file.profiles.get(profileId);
    if (base === undefined) return;
    version += 1;
    const changes = [...(laid.get(profileId)?.values() ?? [])];
    profiles.set(profileId, profileUnder(changes, base));
  }

  /** What the file says, where no change is given. */
  function setMailbox(change: Exclude<SetUpChange, OfProfile>, isLaid: boolean): void {
    const { mailboxId } = change;
    const own = mailboxes.get(mailboxId);
    const base = file.mailboxes.get(mailboxId);
    if (own === undefined || base === undefined) return;
    if (change.part === 'act') own.methods.act = isLaid ? change.now : base.methods.act;
    else own.active = isLaid ? change.now : base.active;
  }

  return {
    registry: { ...file, profiles, mailboxes },
    file,
    version: () => version,
    lay(change) {
      if (!isOfProfile(change)) {
        setMailbox(change, true);
        return;
      }
      const changes = laid.get(change.profileId) ?? new Map<OfProfile['part'], OfProfile>();
      laid.set(change.profileId, changes.set(change.part, change));
      redraw(change.profileId);
    },
    lift(change) {
      if (!isOfProfile(change)) {
        setMailbox(change, false);
        return;
      }
      laid.get(change.profileId)?.delete(change.part);
      redraw(change.profileId);
    },
  };
}

/** Whether the profile has been changed since it was read: each change makes another object of it. */
export function isChanged(
  { profiles }: Pick<Registry, 'profiles'>,
  used: RegisteredProfile,
): boolean {
  return profiles.get(used.profile.id) !== used;
}

export function profileUnder(
  changes: readonly OfProfile[],
  base: RegisteredProfile,
): RegisteredProfile {
  return changes.reduce((used, change) => changedProfile(used, base, change), base);
}

/** `base` is the profile as the file has it: its hosts were named by whoever runs the engine. */
export function changedProfile(
  used: RegisteredProfile,
  base: RegisteredProfile,
  change: Pick<OfProfile, 'part' | 'now'>,
): RegisteredProfile {
  const next = withPart(used, base, change as OfProfile);
  const named = new Set(hostsOf(base.profile));
  const onlyOtherMachines = hostsOf(next.profile).some((host) => !named.has(host));
  return { ...next, onlyOtherMachines };
}

function withPart(
  used: RegisteredProfile,
  base: RegisteredProfile,
  change: OfProfile,
): RegisteredProfile {
  const { profile, exchange } = used;
  if (change.part !== 'location') {
    const { part, now } = change;
    const endpoint = { protocol: profile[part].protocol, ...now };
    return { ...used, profile: { ...profile, [part]: endpoint } };
  }
  const unlocated = Object.entries(profile).filter(([field]) => field !== 'location');
  const located: EmailServerProfile = {
    ...(Object.fromEntries(unlocated) as Omit<EmailServerProfile, 'location'>),
    autodiscover: change.now === null,
    ...(change.now !== null && change.now !== NOWHERE && { location: change.now }),
  };
  if (exchange === undefined) return { ...used, profile: located };
  const autodiscoverUrl = change.now === null ? (base.exchange?.autodiscoverUrl ?? null) : null;
  const endpoint = locatedEndpoint(change.now, autodiscoverUrl);
  return {
    ...used,
    profile: { ...located, incoming: endpoint, outgoing: endpoint },
    exchange: { ...exchange, url: change.now, autodiscoverUrl },
  };
}
