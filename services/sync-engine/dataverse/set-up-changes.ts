import type { MailboxId } from '../../domain/ids.ts';
import type { EmailServerProfile } from '../../domain/profile.ts';
import { isOfProfile, type SetUpChange } from '../../domain/set-up-change.ts';
import { instantOf } from '../../domain/time.ts';
import { partOf } from '../profile-parts.ts';
import { isSame } from './change-note.ts';
import { asPerson, type ChangesParts } from './changes-parts.ts';
import { freshProfile } from './fresh-profile.ts';
import { directionIn, isActive, profileIdIn } from './to-mailbox.ts';
import type { Row } from './web-api.ts';

const COLUMNS = ['statecode', 'actdeliverymethod', '_emailserverprofile_value'];

/**
 * What buttons changed about the mailbox and its profile, held against what Dynamics 365 has now:
 * changed back there, it is over; changed to something else, that counts, and the note says so.
 */
export async function setUpChanges(
  parts: ChangesParts,
  mailboxId: MailboxId,
): Promise<readonly SetUpChange[]> {
  const { store } = parts;
  const all = await store.find('setUpChanges');
  if (all.length === 0) return [];
  const asking = asPerson();
  const row = await parts.api.get('mailboxes', mailboxId, { select: COLUMNS }, asking);
  if (row === undefined) return [];
  const profileId = profileIdIn(row);
  const notes = all.filter((note) =>
    isOfProfile(note) ? note.profileId === profileId : note.mailboxId === mailboxId,
  );
  const needed = profileId !== null && notes.some(isOfProfile);
  const profile = needed ? (await freshProfile(parts, profileId, asking))?.profile : undefined;
  const now = await Promise.all(notes.map((note) => asItIs(parts, note, { row, profile })));
  return now.filter((note) => note !== null);
}

interface Current {
  readonly row: Row;
  readonly profile: EmailServerProfile | undefined;
}

async function asItIs(
  { store, scheduler, log }: ChangesParts,
  note: SetUpChange,
  current: Current,
): Promise<SetUpChange | null> {
  const is = valueOf(note, current);
  if (note.overruledAt !== null || is === undefined || isSame(is, note.now)) return note;
  const { id, part, by } = note;
  const over = isSame(is, note.over);
  const kept = over ? null : { ...note, overruledAt: instantOf(scheduler.now()) };
  return store.transact(async (transaction) => {
    const stored = await transaction.get('setUpChanges', id);
    // Changed again by a button meanwhile.
    if (stored?.at !== note.at) return stored ?? null;
    if (kept === null) await transaction.remove('setUpChanges', id);
    else await transaction.put('setUpChanges', kept);
    if (over) log.info('set-up-change-ended', { id, part });
    else log.warn('set-up-change-overruled', { id, part, by });
    return kept;
  });
}

function valueOf(note: SetUpChange, { row, profile }: Current) {
  if (note.part === 'act') return directionIn(row, 'act').method;
  if (note.part === 'active') return isActive(row);
  return profile && partOf(profile, note.part);
}
