import type { MailboxId, ProfileId, UserId } from '../../domain/ids.ts';
import type { ChangedProfile, OfProfile, ProfileChange } from '../../domain/set-up-change.ts';
import { instantOf } from '../../domain/time.ts';
import type { Transaction } from '../../store/index.ts';
import type { ActionContext, ChangeProfileAnswer, ProfileCheck } from '../sync-engine.ts';
import { type ChangeableRegistry, partOf } from './changeable-registry.ts';
import { type Judged, judgeChange, sameValue } from './check-profile-change.ts';
import type { EngineParts } from './engine-parts.ts';
import { doneBefore, rememberDone } from './once.ts';
import type { RegisteredMailbox, RegisteredProfile } from './registry.ts';

interface Weighed {
  readonly kind: 'possible';
  readonly used: RegisteredProfile;
  readonly base: RegisteredProfile;
  readonly judged: Judged;
}

/** What would come of the change; nothing is changed. */
export function checkProfileChange(
  changeable: ChangeableRegistry,
  profileId: ProfileId,
  change: ProfileChange,
): ProfileCheck {
  const weighed = weigh(changeable, profileId, change);
  return weighed.kind === 'possible'
    ? { kind: 'possible', ...changedAs(changeable, weighed) }
    : weighed;
}

function weigh(
  { registry, file }: ChangeableRegistry,
  profileId: ProfileId,
  change: ProfileChange,
): Weighed | Exclude<ProfileCheck, { readonly kind: 'possible' }> {
  const used = registry.profiles.get(profileId);
  const base = file.profiles.get(profileId);
  if (used === undefined || base === undefined) return { kind: 'not-found' };
  const judged = judgeChange(registry, profileId, used, base, change);
  if ('kind' in judged) return judged;
  const { part, after } = judged;
  if (sameValue(partOf(after, part), partOf(used, part))) return { kind: 'unchanged' };
  return { kind: 'possible', used, base, judged };
}

function changedAs(
  { registry }: ChangeableRegistry,
  { used, judged: { after, warnings } }: Weighed,
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
    const used = changeable.registry.profiles.get(profileId);
    if (used !== undefined && (await doneBefore(transaction, once)) !== null) {
      const { profile } = used;
      const { length: mailboxCount } = mailboxesOf(parts.registry.mailboxes.values(), profileId);
      return { kind: 'changed', before: profile, after: profile, warnings: [], mailboxCount };
    }
    const weighed = weigh(changeable, profileId, change);
    if (weighed.kind === 'unchanged') await forgetOverruled(transaction, profileId, change);
    if (weighed.kind !== 'possible') return weighed;
    const { part, value } = weighed.judged;
    const now = parts.scheduler.now();
    const kept =
      value && madeChange(profileId, partOf(weighed.base, part), value, actor.userId, now);
    const id = changeId(profileId, part);
    if (kept === null) await transaction.remove('setUpChanges', id);
    else await transaction.put('setUpChanges', kept);
    await rememberDone(transaction, parts.scheduler, once, 'changed');
    // Seen by whoever is asked while the event is told, and by nobody if it cannot be kept.
    transaction.afterCommit(() => {
      if (kept === null) changeable.lift({ part, profileId } as OfProfile);
      else changeable.lay(kept);
    });
    await tellProfileChanged(parts, transaction, profileId, part, actor.userId);
    return { kind: 'changed', ...changedAs(changeable, weighed) };
  });
}

/** "Back to the file's value", where the file won already: what is left is the note of it. */
async function forgetOverruled(
  transaction: Transaction,
  profileId: ProfileId,
  change: ProfileChange,
): Promise<void> {
  if (change.kind === 'undo') {
    await transaction.remove('setUpChanges', changeId(profileId, change.part));
  }
}

export function changeId(subject: string, part: string): string {
  return `${subject}:${part}`;
}

function madeChange(
  profileId: ProfileId,
  over: ReturnType<typeof partOf>,
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
