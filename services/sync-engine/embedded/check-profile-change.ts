import type { ProfileId } from '../../domain/ids.ts';
import type { ChangeObjection, OfProfile, ProfileChange } from '../../domain/set-up-change.ts';
import type { SupportReason } from '../../domain/supported-configuration.ts';
import { judgeSetUp, wantedPart } from '../profile-change-rules.ts';
import { partOf, sameValue } from '../profile-parts.ts';
import { changedProfile } from './changeable-registry.ts';
import type { RegisteredProfile, Registry } from './registry.ts';

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
  const wanted = wantedPart(change, used.profile, base.profile);
  if ('kind' in wanted) return wanted;
  const { part } = wanted;
  const value = sameValue(wanted.now, partOf(base.profile, part)) ? null : wanted;
  const after = changedProfile(used, base, wanted);
  const judged = judgeSetUp({
    used: used.profile,
    after: after.profile,
    organization: registry.organizations.get(after.profile.organizationId) ?? null,
    mailboxes: mailboxesOf(registry, profileId),
  });
  if ('kind' in judged) return judged;
  // Of one part both: the wish said so.
  return { value: value, part, after, warnings: judged.warnings };
}

function* mailboxesOf({ mailboxes }: Registry, id: ProfileId) {
  for (const { kind, methods, profileId } of mailboxes.values()) {
    if (profileId === id) yield { kind, act: methods.act };
  }
}
