import type { Alert } from '../../domain/alert.ts';
import { type AlertQuery, asOnTheWall, type WallAlert } from '../../domain/alert-wall.ts';
import type { UserId } from '../../domain/ids.ts';
import type { EngineParts } from './engine-parts.ts';

type Parts = Pick<EngineParts, 'registry' | 'store' | 'scheduler'>;

/** What hangs on a wall. A profile's condition hangs on the profile's once, however many mailboxes it has. */
export async function alertsOn(parts: Parts, query: AlertQuery): Promise<readonly WallAlert[]> {
  return asOnTheWall(await allOn(parts, query), query, parts.scheduler.now());
}

async function allOn(parts: Parts, { wall }: AlertQuery): Promise<readonly Alert[]> {
  const { store } = parts;
  switch (wall.of) {
    case 'mailbox':
      return store.find('alerts', { mailboxId: wall.mailboxId });
    case 'profile':
      return store.find('alerts', { profileId: wall.profileId, mailboxId: null });
    case 'person':
      return ofPerson(parts, wall.userId);
  }
}

async function ofPerson({ registry, store }: Parts, userId: UserId): Promise<readonly Alert[]> {
  const found: Alert[] = [];
  const profiles = new Set<string>();
  for (const { profile } of registry.profiles.values()) {
    if (profile.ownerId !== userId) continue;
    profiles.add(profile.id);
    found.push(...(await store.find('alerts', { profileId: profile.id, mailboxId: null })));
  }
  for (const { id, ownerId } of registry.mailboxes.values()) {
    if (ownerId !== userId) continue;
    const own = await store.find('alerts', { mailboxId: id });
    // Who must act on the profile's alert need not read it again for their own mailbox.
    found.push(
      ...own.filter(
        ({ scope, profileId }) => scope !== 'profile' || !profiles.has(profileId ?? ''),
      ),
    );
  }
  return found;
}
