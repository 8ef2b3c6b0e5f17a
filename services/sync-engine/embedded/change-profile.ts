import type { MailboxId, ProfileId, UserId } from '../../domain/ids.ts';
import {
  type ChangedProfile,
  isOfProfile,
  type OfProfile,
  type ProfileChange,
  type ProfilePart,
} from '../../domain/set-up-change.ts';
import { instantOf } from '../../domain/time.ts';
import type { Transaction } from '../../store/index.ts';
import { keptAs, keptPart } from '../kept-change.ts';
import { doneBefore, rememberDone } from '../once.ts';
import { type PartValue, partIn, partOf, sameValue } from '../profile-parts.ts';
import type {
  ActionContext,
  ChangeProfileAnswer,
  ForgetAnswer,
  ProfileCheck,
} from '../sync-engine.ts';
import { type ChangeableRegistry, changedProfile, profileUnder } from './changeable-registry.ts';
import { type Judged, judgeChange } from './check-profile-change.ts';
import type { EngineParts } from './engine-parts.ts';
import type { RegisteredMailbox, RegisteredProfile, Registry } from './registry.ts';

interface Weighed {
  readonly kind: 'possible';
  readonly used: RegisteredProfile;
  readonly base: RegisteredProfile;
  readonly judged: Judged;
}

interface Compared {
  readonly used: RegisteredProfile;
  readonly judged: Pick<Judged, 'after' | 'warnings'>;
}

/** What would come of the change; nothing is changed. */
export function checkProfileChange(
  changeable: ChangeableRegistry,
  profileId: ProfileId,
  change: ProfileChange,
): ProfileCheck {
  const used = changeable.registry.profiles.get(profileId);
  const weighed = weigh(changeable, profileId, used, change);
  return weighed.kind === 'possible'
    ? { kind: 'possible', ...changedAs(changeable.registry, weighed) }
    : weighed;
}

function weigh(
  { registry, file }: ChangeableRegistry,
  profileId: ProfileId,
  used: RegisteredProfile | undefined,
  change: ProfileChange,
): Weighed | Exclude<ProfileCheck, { readonly kind: 'possible' }> {
  const base = file.profiles.get(profileId);
  if (used === undefined || base === undefined) return { kind: 'not-found' };
  const judged = judgeChange(registry, profileId, used, base, change);
  if ('kind' in judged) return judged;
  const { part, after } = judged;
  if (sameValue(partOf(after.profile, part), partOf(used.profile, part)))
    return { kind: 'unchanged' };
  return { kind: 'possible', used, base, judged };
}

function changedAs(
  registry: Registry,
  { used, judged: { after, warnings } }: Compared,
): ChangedProfile {
  const mailboxCount = mailboxesOf(registry.mailboxes.values(), used.profile.id).length;
  return { before: used.profile, after: after.profile, warnings, mailboxCount };
}

/**
 * Lays the change over the registry file, which is never written. Everything that the engine does
 * from now on uses it; no mailbox is enabled by it, that takes Test & Enable.
 */
export async function changeProfile(
  parts: EngineParts,
  changeable: ChangeableRegistry,
  profileId: ProfileId,
  change: ProfileChange,
  { actor, idempotencyKey, signal }: ActionContext,
): Promise<ChangeProfileAnswer> {
  signal.throwIfAborted();
  const once = { action: 'change-profile', mailboxId: profileId, key: idempotencyKey };
  return parts.store.transact(async (transaction) => {
    const base = changeable.file.profiles.get(profileId);
    // Of two changes at once, the registry shows the first one only when it is on disk.
    const used = base && profileUnder(await standing(transaction, profileId), base);
    const earlier = await doneBefore(transaction, once);
    if (base !== undefined && used !== undefined && earlier !== null) {
      const again = asBefore(keptPart(earlier), partIn(change), used, base);
      return { kind: 'changed', ...changedAs(parts.registry, again) };
    }
    const weighed = weigh(changeable, profileId, used, change);
    if (weighed.kind === 'unchanged' && change.kind === 'undo') {
      await forgetNote(transaction, profileId, change.part);
    }
    if (weighed.kind !== 'possible') return weighed;
    const { part, value } = weighed.judged;
    const now = parts.scheduler.now();
    const kept =
      value && madeChange(profileId, partOf(weighed.base.profile, part), value, actor.userId, now);
    const id = changeId(profileId, part);
    if (kept === null) await transaction.remove('setUpChanges', id);
    else await transaction.put('setUpChanges', kept);
    const did = keptAs({
      before: partOf(weighed.used.profile, part),
      after: partOf(weighed.judged.after.profile, part),
    });
    await rememberDone(transaction, parts.scheduler, once, did);
    // Seen by whoever is asked while the event is told, and by nobody if it cannot be kept.
    transaction.afterCommit(() => {
      if (kept === null) changeable.lift({ part, profileId } as OfProfile);
      else changeable.lay(kept);
    });
    await tellProfileChanged(parts, transaction, profileId, part, actor.userId);
    return { kind: 'changed', ...changedAs(parts.registry, weighed) };
  });
}

async function standing(
  transaction: Transaction,
  profileId: ProfileId,
): Promise<readonly OfProfile[]> {
  const all = await transaction.find('setUpChanges', { overruledAt: null });
  return all.filter(
    (change): change is OfProfile => isOfProfile(change) && change.profileId === profileId,
  );
}

/** What the change with this key did then, on the profile as it is now. */
function asBefore(
  kept: ReturnType<typeof keptPart>,
  part: OfProfile['part'],
  used: RegisteredProfile,
  base: RegisteredProfile,
): Compared {
  const withValue = (now: PartValue): RegisteredProfile =>
    changedProfile(used, base, { part, now });
  const warnings: Judged['warnings'] = [];
  if (kept === null) return { used, judged: { after: used, warnings } };
  return { used: withValue(kept.before), judged: { after: withValue(kept.after), warnings } };
}

/** "Back to the file's value", where the file won already: what is left is the note of it. */
export async function forgetOverruled(
  { registry, store }: Pick<EngineParts, 'registry' | 'store'>,
  profileId: ProfileId,
  part: ProfilePart,
  { signal }: ActionContext,
): Promise<ForgetAnswer> {
  if (!registry.profiles.has(profileId)) return { kind: 'not-found' };
  signal.throwIfAborted();
  await store.transact((transaction) => forgetNote(transaction, profileId, part));
  return { kind: 'forgotten' };
}

/** Never a change that stands. */
async function forgetNote(
  transaction: Transaction,
  profileId: ProfileId,
  part: ProfilePart,
): Promise<void> {
  const id = changeId(profileId, part);
  const note = await transaction.get('setUpChanges', id);
  if (note !== undefined && note.overruledAt !== null) await transaction.remove('setUpChanges', id);
}

export function changeId(subject: string, part: string): string {
  return `${subject}:${part}`;
}

function madeChange(
  profileId: ProfileId,
  over: PartValue,
  value: Pick<OfProfile, 'part' | 'now'>,
  by: UserId,
  nowMs: number,
): OfProfile {
  const id = changeId(profileId, value.part);
  const made = { id, profileId, at: instantOf(nowMs), by, overruledAt: null };
  // `over` and `now` are of one part: both came from it.
  return { ...made, ...value, over } as OfProfile;
}

/** One event for all mailboxes of the profile: there may be 10 000. None where nobody uses it. */
export async function tellProfileChanged(
  parts: Pick<EngineParts, 'emit' | 'registry'>,
  transaction: Transaction,
  profileId: ProfileId,
  part: OfProfile['part'],
  by: UserId | null,
): Promise<void> {
  const users = mailboxesOf(parts.registry.mailboxes.values(), profileId);
  const [first] = users;
  if (first === undefined) return;
  const mailboxIds = users.map(({ id }): MailboxId => id);
  await parts.emit(transaction, first, { kind: 'profile-changed', part, mailboxIds, by });
}

function mailboxesOf(
  mailboxes: Iterable<RegisteredMailbox>,
  id: ProfileId,
): readonly RegisteredMailbox[] {
  return [...mailboxes].filter(({ profileId }) => profileId === id);
}
