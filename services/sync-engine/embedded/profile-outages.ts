import type { MailboxId, ProfileId } from '../../domain/ids.ts';
import type { MailboxState } from '../../domain/mailbox-state.ts';
import { isOutage, type ProfileOutage } from '../../domain/profile-outage.ts';
import type { SyncEventKind } from '../../domain/sync-event.ts';
import { instantOf } from '../../domain/time.ts';
import type { Transaction } from '../../store/index.ts';
import type { EngineParts } from './engine-parts.ts';
import { readState, stateOf, watchedDirections } from './mailbox-records.ts';
import type { RegisteredMailbox } from './registry.ts';

/** Which mailboxes of a profile are synchronized, and which of these fail. */
interface Standing {
  readonly watched: Set<MailboxId>;
  readonly failing: Set<MailboxId>;
}

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

type Parts = Pick<EngineParts, 'registry' | 'store' | 'scheduler' | 'newId'>;

export interface ProfileOutages {
  /** Reads how the mailboxes stand; before anything is done for one. */
  load(): Promise<void>;
  /** After a change of this mailbox; an outage that began or ended with it. */
  follow(transaction: Transaction, registered: RegisteredMailbox): Promise<ProfileOutage | null>;
}

/**
 * A failing mailbox is tried again within half an hour at the latest, so who fails now has failed
 * within the hour. Counted in memory: reading 10 000 states for each event would take longer than
 * the event.
 */
export function createProfileOutages(parts: Parts): ProfileOutages {
  const { registry, store, scheduler } = parts;
  const standings = new Map<ProfileId, Standing>();

  function standingOf(profileId: ProfileId): Standing {
    const known = standings.get(profileId);
    if (known !== undefined) return known;
    const standing = { watched: new Set<MailboxId>(), failing: new Set<MailboxId>() };
    standings.set(profileId, standing);
    return standing;
  }

  function place(registered: RegisteredMailbox, state: MailboxState): void {
    if (registered.profileId === null) return;
    const { watched, failing } = standingOf(registered.profileId);
    const { isWatched, fails } = look(registered, state);
    if (isWatched) watched.add(registered.id);
    else watched.delete(registered.id);
    if (fails) failing.add(registered.id);
    else failing.delete(registered.id);
  }

  return {
    async load() {
      const states = new Map((await store.find('mailboxStates')).map((state) => [state.id, state]));
      for (const registered of registry.mailboxes.values()) {
        place(registered, stateOf(registered, states.get(registered.id)));
      }
    },
    async follow(transaction, registered) {
      const { id, profileId } = registered;
      if (profileId === null) return null;
      const state = await readState(transaction, registered);
      const { isWatched, fails } = look(registered, state);
      const { watched, failing } = standingOf(profileId);
      const mailboxes = watched.size + Number(isWatched) - Number(watched.has(id));
      const count = failing.size + Number(fails) - Number(failing.has(id));
      // Counts for others only once it is true.
      transaction.afterCommit(() => place(registered, state));
      const [open] = await transaction.find('profileOutages', { profileId, endedAt: null });
      const at = instantOf(scheduler.now());
      if (isOutage(count, mailboxes) === (open !== undefined)) return null;
      const outage: ProfileOutage =
        open === undefined
          ? { id: parts.newId(), profileId, since: at, failing: count, mailboxes, endedAt: null }
          : { ...open, endedAt: at };
      await transaction.put('profileOutages', outage);
      return outage;
    },
  };
}

function look(registered: RegisteredMailbox, state: MailboxState) {
  const directions = watchedDirections(registered, state).map((name) => state.directions[name]);
  return {
    isWatched: directions.length > 0,
    fails: directions.some(
      ({ transientFailures, disabledAt, answersAgainAt }) =>
        (transientFailures > 0 || disabledAt !== null) && answersAgainAt === null,
    ),
  };
}
