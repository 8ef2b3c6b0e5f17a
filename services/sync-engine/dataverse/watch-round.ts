import { idOf, type MailboxId, type ProfileId } from '../../domain/ids.ts';
import { DIRECTIONS } from '../../domain/mailbox.ts';
import type { EmailServerProfile } from '../../domain/profile.ts';
import type { ReadMark, SeenMailbox } from '../../domain/seen-mailbox.ts';
import { createBreather } from '../../store/index.ts';
import { createChangedRows } from './changed-rows.ts';
import { PROFILE_COLUMNS } from './columns.ts';
import { conditionOf } from './compare.ts';
import type { DataverseParts } from './dataverse-parts.ts';
import { fingerprintOf, WATCHED_COLUMNS } from './fingerprint.ts';
import { freshProfile } from './fresh-profile.ts';
import { ifPermitted } from './if-permitted.ts';
import type { LookAgain } from './look-again.ts';
import { createNewAlerts } from './new-alerts.ts';
import type { Owners } from './owners.ts';
import type { RecordSeen } from './record-seen.ts';
import { keyIn, versionIn } from './row-values.ts';
import type { Asking } from './web-api.ts';

export interface WatchRoundParts
  extends Pick<DataverseParts, 'api' | 'store' | 'scheduler' | 'organizationId' | 'log'> {
  readonly owners: Pick<Owners, 'ofRecords'>;
  readonly seen: Pick<RecordSeen, 'recordGone'>;
  readonly recordProfile: (profile: EmailServerProfile, version: number) => Promise<void>;
  readonly lookAgain: LookAgain;
}

/** Of those that fail, so many are looked at again in a round, those that have waited longest first. */
const FAILING_AT_ONCE = 300;

/**
 * One round through all that tells of a change: rows of profiles and mailboxes that were touched,
 * alerts that are new, and mailboxes that fail, whose recovery may leave no trace in either. Each
 * only says where to look: what counts is the mailbox as it is read then. A mark moves on when
 * everything before it has been recorded.
 */
export function createWatchRound(parts: WatchRoundParts): (asking: Asking) => Promise<void> {
  const { store, log, seen, recordProfile, lookAgain } = parts;
  const changedRows = createChangedRows(parts);
  const newAlerts = createNewAlerts(parts);

  const keep = (mark: ReadMark): Promise<void> =>
    store.transact((transaction) => transaction.put('readMarks', mark));

  async function profiles(asking: Asking): Promise<void> {
    const columns = [...PROFILE_COLUMNS, 'modifiedon'];
    const { rows, removed, isWhole, mark } = await changedRows(
      'emailserverprofiles',
      columns,
      asking,
    );
    const there = new Set<string>();
    for (const row of rows) {
      const id = keyIn(row, 'emailserverprofileid');
      if (id === null) continue;
      there.add(id);
      const known = await store.get('seenProfiles', id);
      if (known !== undefined && known.version >= versionIn(row)) continue;
      // With its owner, whom a row without annotations does not name.
      const fresh = await freshProfile(parts, idOf<ProfileId>(id), asking);
      if (fresh !== undefined) await recordProfile(fresh.profile, fresh.version);
    }
    const known = isWhole ? (await store.find('seenProfiles')).map(({ id }) => id) : [];
    const gone = [...removed, ...known.filter((id) => !there.has(id))];
    if (gone.length > 0) {
      await store.transact(async (transaction) => {
        for (const id of gone) await transaction.remove('seenProfiles', id);
      });
    }
    await keep(mark);
  }

  async function mailboxes(asking: Asking): Promise<void> {
    const { rows, removed, isWhole, mark } = await changedRows(
      'mailboxes',
      WATCHED_COLUMNS,
      asking,
    );
    const breathe = createBreather();
    const there = new Set<string>();
    const touched: MailboxId[] = [];
    for (const row of rows) {
      await breathe();
      const id = keyIn(row, 'mailboxid');
      if (id === null) continue;
      there.add(id);
      const known = await store.get('seenMailboxes', id);
      if (known?.fingerprint !== fingerprintOf(row)) touched.push(idOf(id));
    }
    await lookAgain(touched, asking);
    const known = isWhole ? (await store.find('seenMailboxes')).map(({ id }) => id) : [];
    const missing = known.filter((id) => !there.has(id));
    for (const id of [...removed.map((key) => idOf<MailboxId>(key)), ...missing]) {
      await seen.recordGone(id);
    }
    await keep(mark);
  }

  async function alerts(asking: Asking): Promise<void> {
    const { regarding, mark, looked } = await newAlerts(asking);
    const concerned = new Set<MailboxId>();
    for (const key of regarding) {
      const mailbox = await store.get('seenMailboxes', key);
      if (mailbox !== undefined) concerned.add(mailbox.id);
      // About a profile: whichever of its mailboxes it explains.
      const users = await store.find('seenMailboxes', { profileId: idOf<ProfileId>(key) });
      for (const { id } of users) concerned.add(id);
    }
    await lookAgain([...concerned], asking);
    await keep(mark);
    looked();
  }

  async function failing(asking: Asking): Promise<void> {
    const known = (await store.find('seenMailboxes')).filter(fails);
    known.sort((a, b) => a.readAt.localeCompare(b.readAt));
    await lookAgain(
      known.slice(0, FAILING_AT_ONCE).map(({ id }) => id),
      asking,
    );
  }

  return async (asking) => {
    // A mailbox is told with its profile, so that comes first.
    await ifPermitted(log, 'email server profiles', undefined, () => profiles(asking));
    await mailboxes(asking);
    await ifPermitted(log, 'trace logs', undefined, () => alerts(asking));
    await failing(asking);
  };
}

function fails({ mailbox }: SeenMailbox): boolean {
  return DIRECTIONS.some((direction) => conditionOf(mailbox, direction) === 'retrying');
}
