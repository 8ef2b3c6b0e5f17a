import { idOf, type UserId } from '../../services/domain/ids.ts';
import type { SyncEvent } from '../../services/domain/sync-event.ts';
import { createChanges } from '../../services/sync-engine/dataverse/changes.ts';
import { recordProfile } from '../../services/sync-engine/dataverse/record-profile.ts';
import { createRecordSeen } from '../../services/sync-engine/dataverse/record-seen.ts';
import { createTelling } from '../../services/sync-engine/dataverse/telling.ts';
import type { ActionContext } from '../../services/sync-engine/index.ts';
import { createOutageCount } from '../../services/sync-engine/outage-count.ts';
import type { Caller } from './dataverse/callers.ts';
import { type ReadingWorld, startReadingWorld } from './dataverse-reading.ts';

export interface ChangesWorld extends ReadingWorld {
  readonly changes: ReturnType<typeof createChanges>;
  readonly events: readonly SyncEvent[];
  /** Somebody who has signed in and presses a button; null: has not signed in. */
  by(caller?: Caller | null, key?: string): ActionContext;
  /** The administrator, and somebody else who does something right before the first write. */
  whileAsked(other: () => void): ActionContext;
  /** What a poll would do: the mailbox and its profile are read and held against what was told. */
  poll(): Promise<void>;
}

export const ADMIN = idOf<UserId>('0000ada0-0000-4000-8000-00000000ada0');

/** Changes over the fake organization, whose mailbox and profile people have been told of. */
export async function startChangesWorld(): Promise<ChangesWorld> {
  const world = await startReadingWorld();
  const { parts, reader, reading, organization, administrator } = world;
  const { store, scheduler, organizationId } = parts;
  const events: SyncEvent[] = [];
  const telling = createTelling(parts);
  telling.hear(async (event, transaction) => {
    transaction.afterCommit(() => events.push(event));
  });
  const around = reading;
  const outages = createOutageCount(parts);
  const seen = createRecordSeen({
    store,
    scheduler,
    organizationId,
    telling,
    outages,
    around,
  });
  const profiles = { store, organizationId, telling, around };
  const changes = createChanges({
    ...parts,
    reader,
    owners: reader.owners,
    seen,
    telling,
    organization: () => reading.organization(organizationId),
    profile: (id) => reading.profile(id),
    recordProfile: (...given) => recordProfile(profiles, ...given),
  });
  let keys = 0;
  const signal = new AbortController().signal;
  const poll = async (): Promise<void> => {
    const readAt = new Date(scheduler.now()).toISOString();
    const found = await reader.read([idOf(world.mailbox.id)], { signal, priority: 'background' });
    for (const { mailbox, alerts } of found) await seen.record({ mailbox, alerts, readAt });
    const profile = await reading.profile(idOf(world.profile.id));
    const version = Number(organization.row('emailserverprofile', world.profile.id)?.version);
    if (profile !== undefined) await recordProfile(profiles, profile, version);
  };
  await poll();
  const by: ChangesWorld['by'] = (caller = administrator, key = `key-${++keys}`) => ({
    actor: {
      userId: ADMIN,
      ...(caller !== null && { token: async () => organization.token(caller) }),
    },
    idempotencyKey: key,
    signal,
  });
  return {
    ...world,
    changes,
    events,
    by,
    whileAsked(other) {
      let asked = false;
      const token = async (): Promise<string> => {
        if (!asked) other();
        asked = true;
        return organization.token(administrator);
      };
      return { ...by(), actor: { userId: ADMIN, token } };
    },
    poll,
  };
}
