import type { ProfileId } from '../../domain/ids.ts';
import type { ProfileChange, ProfilePart } from '../../domain/set-up-change.ts';
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
import { actingAs } from './acting.ts';
import { keepNote } from './change-note.ts';
import { asPerson, type ChangesParts } from './changes-parts.ts';
import { freshProfile } from './fresh-profile.ts';
import { mailboxesOf, type Weighed, weigh, withPart } from './weigh-profile-change.ts';
import { refusalOf } from './write-refusal.ts';

/** Somebody else was quicker so many times in a row: the person looks again. */
const TRIES = 3;

/** What would come of the change; nothing is changed. */
export async function checkProfileChange(
  parts: ChangesParts,
  profileId: ProfileId,
  change: ProfileChange,
): Promise<ProfileCheck> {
  const weighed = await weigh(parts, profileId, change, asPerson());
  return weighed.kind === 'possible' ? { kind: 'possible', ...shown(weighed) } : weighed;
}

const shown = ({ before, after, warnings, mailboxCount }: Weighed) => ({
  before,
  after,
  warnings,
  mailboxCount,
});

/** Writes the columns of one part as the person, and only on the row that was weighed. */
export async function changeProfile(
  parts: ChangesParts,
  profileId: ProfileId,
  change: ProfileChange,
  context: ActionContext,
): Promise<ChangeProfileAnswer> {
  const { signal } = context;
  signal.throwIfAborted();
  const once = { action: 'change-profile', mailboxId: profileId, key: context.idempotencyKey };
  const earlier = await doneBefore(parts.store, once);
  if (earlier !== null) return answeredBefore(parts, profileId, change, earlier, signal);
  const acting = actingAs(context, parts.api);
  let seen: { readonly value: PartValue } | null = null;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const weighed = await weigh(parts, profileId, change, asPerson(signal));
    if (weighed.kind === 'unchanged' && change.kind === 'undo') {
      await parts.store.transact((transaction) => forgetNote(transaction, profileId, change.part));
    }
    if (weighed.kind !== 'possible') return weighed;
    const value = partOf(weighed.before, weighed.part);
    if (seen !== null && !sameValue(seen.value, value)) return { kind: 'overtaken' };
    seen = { value };
    if (acting === null) return { kind: 'sign-in-required' };
    const { values, fresh } = weighed;
    const asking = { ...acting, etag: fresh.etag };
    const written = await parts.api.update('emailserverprofiles', profileId, values, asking);
    if (written.kind === 'not-found') return { kind: 'not-found' };
    if (written.kind === 'refused') return refusalOf(written);
    if (written.kind === 'done') return record(parts, weighed, context, once);
  }
  return { kind: 'overtaken' };
}

async function record(
  parts: ChangesParts,
  weighed: Weighed,
  { actor, signal }: ActionContext,
  once: Parameters<typeof doneBefore>[1],
): Promise<ChangeProfileAnswer> {
  const { part, before } = weighed;
  const profileId = before.id;
  const now = await freshProfile(parts, profileId, asPerson(signal));
  if (now === undefined) return { kind: 'not-found' };
  const was = partOf(before, part);
  const is = partOf(now.profile, part);
  if (sameValue(was, is)) return { kind: 'no-effect' };
  const by = actor.userId;
  const at = instantOf(parts.scheduler.now());
  await parts.recordProfile(now.profile, now.version, {
    by,
    before,
    also: async (transaction) => {
      await rememberDone(transaction, parts.scheduler, once, keptAs({ before: was, after: is }));
      await keepNote(transaction, { about: { part, profileId }, before: was, after: is, by, at });
    },
  });
  return { kind: 'changed', ...shown(weighed), after: now.profile };
}

/** What the change with this key did then, on the profile as it is now. */
async function answeredBefore(
  parts: ChangesParts,
  profileId: ProfileId,
  change: ProfileChange,
  earlier: string,
  signal: AbortSignal,
): Promise<ChangeProfileAnswer> {
  const fresh = await freshProfile(parts, profileId, asPerson(signal));
  if (fresh === undefined) return { kind: 'not-found' };
  const kept = keptPart(earlier);
  const part = partIn(change);
  const { profile } = fresh;
  const [before, after] =
    kept === null
      ? [profile, profile]
      : [kept.before, kept.after].map((now) => withPart(parts, fresh, profile, { part, now }));
  const { length: mailboxCount } = await mailboxesOf(parts, profileId, asPerson(signal));
  return {
    kind: 'changed',
    before: before ?? profile,
    after: after ?? profile,
    warnings: [],
    mailboxCount,
  };
}

/** "Back to the former value", where Dynamics 365 has another one: what is left is the note of it. */
export async function forgetOverruled(
  parts: ChangesParts,
  profileId: ProfileId,
  part: ProfilePart,
  { signal }: ActionContext,
): Promise<ForgetAnswer> {
  const fresh = await freshProfile(parts, profileId, asPerson(signal));
  if (fresh === undefined) return { kind: 'not-found' };
  signal.throwIfAborted();
  await parts.store.transact((transaction) => forgetNote(transaction, profileId, part));
  return { kind: 'forgotten' };
}

/** Never a change that stands. */
async function forgetNote(
  transaction: Transaction,
  profileId: ProfileId,
  part: ProfilePart,
): Promise<void> {
  const id = `${profileId}:${part}`;
  const note = await transaction.get('setUpChanges', id);
  if (note !== undefined && note.overruledAt !== null) await transaction.remove('setUpChanges', id);
}
