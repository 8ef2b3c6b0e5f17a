import type { Directory } from '../directory/index.ts';
import type { ProfileOutage } from '../domain/profile-outage.ts';
import type { Transaction } from '../store/index.ts';
import type { SyncEngine } from '../sync-engine/index.ts';
import { enqueueSend, enqueueUpdates } from './outbox.ts';

/** Once an outage, to the profile's owner, or the System administrators where there is none. */
export async function tellOutage(
  outage: ProfileOutage,
  { engine, directory }: { engine: Pick<SyncEngine, 'profile'>; directory: Directory },
  transaction: Transaction,
  nowMs: number,
): Promise<void> {
  const { id, profileId } = outage;
  // An engine elsewhere keeps its own; the card here is drawn from this one.
  await transaction.put('profileOutages', outage);
  if (outage.endedAt !== null) {
    await enqueueUpdates(transaction, { subject: `profile-outage:${id}` }, nowMs);
    return;
  }
  const profile = await engine.profile(profileId);
  if (profile?.majorEventsToOwner === false) return;
  const ownerId = profile?.ownerId ?? null;
  const told =
    ownerId === null
      ? (await directory.withRole('system-administrator')).map((person) => person.id)
      : [ownerId];
  const reference = { card: 'profile-outage', outageId: id } as const;
  for (const recipientId of told) await enqueueSend(transaction, id, recipientId, reference, nowMs);
}
