import type { MailboxState } from '../../domain/mailbox-state.ts';
import type { ProfileOutage } from '../../domain/profile-outage.ts';
import type { Transaction } from '../../store/index.ts';
import { createOutageCount, type Standing } from '../outage-count.ts';
import type { EngineParts } from './engine-parts.ts';
import { readState, stateOf, watchedDirections } from './mailbox-records.ts';
import type { RegisteredMailbox } from './registry.ts';

type Parts = Pick<EngineParts, 'registry' | 'store' | 'scheduler' | 'newId'>;

export interface ProfileOutages {
  /** Reads how the mailboxes stand; before anything is done for one. */
  load(): Promise<void>;
  /** After a change of this mailbox; an outage that began or ended with it. */
  follow(transaction: Transaction, registered: RegisteredMailbox): Promise<ProfileOutage | null>;
}

/**
 * A failing mailbox is tried again within half an hour at the latest, so who fails now has failed
 * within the hour.
 */
export function createProfileOutages(parts: Parts): ProfileOutages {
  const { registry, store } = parts;
  const count = createOutageCount(parts);

  return {
    async load() {
      const states = new Map((await store.find('mailboxStates')).map((state) => [state.id, state]));
      for (const registered of registry.mailboxes.values()) {
        const state = stateOf(registered, states.get(registered.id));
        count.place(registered.id, standingOf(registered, state));
      }
    },
    async follow(transaction, registered) {
      const state = await readState(transaction, registered);
      const standing = standingOf(registered, state);
      const [outage] = await count.follow(transaction, registered.id, standing);
      return outage ?? null;
    },
  };
}

function standingOf(registered: RegisteredMailbox, state: MailboxState): Standing | null {
  const { profileId } = registered;
  if (profileId === null) return null;
  const directions = watchedDirections(registered, state).map((name) => state.directions[name]);
  return {
    profileId,
    isWatched: directions.length > 0,
    fails: directions.some(
      ({ transientFailures, disabledAt, answersAgainAt }) =>
        (transientFailures > 0 || disabledAt !== null) && answersAgainAt === null,
    ),
  };
}
