import type { ProfileId } from '../../domain/ids.ts';
import type { Organization } from '../../domain/organization.ts';
import type { EmailServerProfile } from '../../domain/profile.ts';
import type { SynchronizedMailbox } from '../../domain/set-up.ts';
import {
  type ChangedProfile,
  type ChangeObjection,
  isOfProfile,
  type OfProfile,
  type ProfileChange,
} from '../../domain/set-up-change.ts';
import type { Store } from '../../store/index.ts';
import { judgeSetUp, wantedPart } from '../profile-change-rules.ts';
import { partOf, sameValue } from '../profile-parts.ts';
import { type FreshProfile, freshProfile, type ProfileReading } from './fresh-profile.ts';
import { literal } from './odata-literal.ts';
import { valuesFor } from './profile-values.ts';
import { directionIn, kindOf } from './to-mailbox.ts';
import { toProfile } from './to-profile.ts';
import type { Asking, Row, WebApi } from './web-api.ts';

export interface Weighing extends Omit<ProfileReading, 'api'> {
  readonly api: Pick<WebApi, 'get' | 'list'>;
  readonly store: Store;
  readonly organization: () => Promise<Organization | undefined>;
}

/** A change that may be made, and the state of the row that it was weighed on. */
export interface Weighed extends ChangedProfile {
  readonly kind: 'possible';
  readonly part: OfProfile['part'];
  readonly fresh: FreshProfile;
  readonly values: Row;
}

type NoChange = { readonly kind: 'unchanged' | 'not-found' } | ChangeObjection;

/** The rules of every engine, on the profile as Dynamics 365 has it now. */
export async function weigh(
  parts: Weighing,
  profileId: ProfileId,
  change: ProfileChange,
  asking: Asking,
): Promise<Weighed | NoChange> {
  const fresh = await freshProfile(parts, profileId, asking);
  if (fresh === undefined) return { kind: 'not-found' };
  const used = fresh.profile;
  const notes = await standingNotes(parts.store, used);
  const base = notes.reduce(
    (profile, { part, over }) => withPart(parts, fresh, profile, { part, now: over }),
    used,
  );
  const wanted = wantedPart(change, used, base);
  if ('kind' in wanted) return wanted;
  const { part } = wanted;
  const after = withPart(parts, fresh, used, wanted);
  if (sameValue(partOf(after, part), partOf(used, part))) return { kind: 'unchanged' };
  const [organization, mailboxes] = await Promise.all([
    parts.organization(),
    mailboxesOf(parts, profileId, asking),
  ]);
  const judged = judgeSetUp({ used, after, organization: organization ?? null, mailboxes });
  if ('kind' in judged) return judged;
  const { warnings } = judged;
  const values = valuesFor(fresh.row, wanted);
  const changed = { before: used, after, warnings, mailboxCount: mailboxes.length };
  return { kind: 'possible', ...changed, part, fresh, values };
}

/** The profile as it would be read after the part is written. */
export function withPart(
  { organizationId }: Pick<ProfileReading, 'organizationId'>,
  { row, ownerId }: FreshProfile,
  profile: EmailServerProfile,
  wanted: Parameters<typeof valuesFor>[1],
): EmailServerProfile {
  const written = toProfile({ ...row, ...valuesFor(row, wanted) }, { organizationId, ownerId });
  if (wanted.part !== 'location') return { ...profile, [wanted.part]: written[wanted.part] };
  return { ...written, name: profile.name };
}

/** Changes by buttons that are still so; what somebody has changed since is theirs. */
async function standingNotes(
  store: Store,
  profile: EmailServerProfile,
): Promise<readonly OfProfile[]> {
  const notes = await store.find('setUpChanges', { overruledAt: null });
  return notes
    .filter(isOfProfile)
    .filter(
      ({ profileId, part, now }) =>
        profileId === profile.id && sameValue(now, partOf(profile, part)),
    );
}

const COLUMNS = ['mailboxid', 'actdeliverymethod', '_regardingobjectid_value'];

/** As they were last seen: there may be 10 000, and a person waits. */
export async function mailboxesOf(
  { api, store }: Pick<Weighing, 'api' | 'store'>,
  profileId: ProfileId,
  asking: Asking,
): Promise<readonly SynchronizedMailbox[]> {
  const seen = await store.find('seenMailboxes', { profileId });
  if (seen.length > 0) {
    return seen.map(({ mailbox: { kind, directions } }) => ({ kind, act: directions.act.method }));
  }
  const filter = `_emailserverprofile_value eq ${literal(profileId)}`;
  const rows = await api.list('mailboxes', { select: COLUMNS, filter }, asking);
  return rows.map((row) => ({ kind: kindOf(row), act: directionIn(row, 'act').method }));
}
