import type { MailboxId, ProfileId } from '../domain/ids.ts';
import { isOutage, type ProfileOutage } from '../domain/profile-outage.ts';
import type { SyncEventKind } from '../domain/sync-event.ts';
import { instantOf } from '../domain/time.ts';
import type { Scheduler } from '../scheduler/index.ts';
import type { Transaction } from '../store/index.ts';

const OF_HEALTH: ReadonlySet<SyncEventKind> = new Set<SyncEventKind>([
  'direction-retrying',
  'direction-disabled',
  'direction-recovered',
  'direction-enabled',
  'direction-given-up',
  'server-answers-again',
  'server-fails-again',
  'method-changed',
  'mailbox-activated',
  'mailbox-deactivated',
]);

/** After these, more or fewer mailboxes fail than before. */
export function changesHealth(kind: SyncEventKind): boolean {
  return OF_HEALTH.has(kind);
}

/** How a mailbox counts among those of its profile; null where it has none, or is no more. */
export interface Standing {
  readonly profileId: ProfileId;
  readonly isWatched: boolean;
  readonly fails: boolean;
}

export interface OutageCount {
  place(mailboxId: MailboxId, standing: Standing | null): void;
  /** Of the profile that the mailbox has, or had, with it in its new standing: what began or ended. */
  follow(
    transaction: Transaction,
    mailboxId: MailboxId,
    standing: Standing | null,
  ): Promise<readonly ProfileOutage[]>;
  /** Profiles in an outage as things stand: told to nobody, it only has begun. */
  begin(transaction: Transaction): Promise<void>;
}

interface Members {
  readonly watched: Set<MailboxId>;
  readonly failing: Set<MailboxId>;
}

/** Counted in memory: reading 10 000 states for each event would take longer than the event. */
export function createOutageCount({
  scheduler,
  newId,
}: {
  readonly scheduler: Scheduler;
  readonly newId: () => string;
}): OutageCount {
  const profiles = new Map<ProfileId, Members>();
  const standings = new Map<MailboxId, Standing>();

  function membersOf(profileId: ProfileId): Members {
    const known = profiles.get(profileId);
    if (known !== undefined) return known;
    const members = { watched: new Set<MailboxId>(), failing: new Set<MailboxId>() };
    profiles.set(profileId, members);
    return members;
  }

  function place(mailboxId: MailboxId, standing: Standing | null): void {
    const former = standings.get(mailboxId);
    if (former !== undefined) {
      const { watched, failing } = membersOf(former.profileId);
      watched.delete(mailboxId);
      failing.delete(mailboxId);
      standings.delete(mailboxId);
    }
    if (standing === null) return;
    standings.set(mailboxId, standing);
    const { watched, failing } = membersOf(standing.profileId);
    if (standing.isWatched) watched.add(mailboxId);
    if (standing.fails) failing.add(mailboxId);
  }

  async function change(
    transaction: Transaction,
    profileId: ProfileId,
    failing: number,
    mailboxes: number,
  ): Promise<ProfileOutage | null> {
    const [open] = await transaction.find('profileOutages', { profileId, endedAt: null });
    const at = instantOf(scheduler.now());
    if (isOutage(failing, mailboxes) === (open !== undefined)) return null;
    const outage: ProfileOutage =
      open === undefined
        ? { id: newId(), profileId, since: at, failing, mailboxes, endedAt: null }
        : { ...open, endedAt: at };
    await transaction.put('profileOutages', outage);
    return outage;
  }

  return {
    place,
    async follow(transaction, mailboxId, standing) {
      const former = standings.get(mailboxId);
      const concerned = new Set([former?.profileId, standing?.profileId]);
      const changed: ProfileOutage[] = [];
      for (const profileId of concerned) {
        if (profileId === undefined) continue;
        const { watched, failing } = membersOf(profileId);
        const own = standing?.profileId === profileId ? standing : null;
        const others = (set: ReadonlySet<MailboxId>): number =>
          set.size - Number(set.has(mailboxId));
        const fails = others(failing) + Number(own?.fails ?? false);
        const mailboxes = others(watched) + Number(own?.isWatched ?? false);
        const outage = await change(transaction, profileId, fails, mailboxes);
        if (outage !== null) changed.push(outage);
      }
      // Counts for others only once it is true.
      transaction.afterCommit(() => place(mailboxId, standing));
      return changed;
    },
    async begin(transaction) {
      for (const [profileId, { watched, failing }] of profiles) {
        await change(transaction, profileId, failing.size, watched.size);
      }
    },
  };
}
