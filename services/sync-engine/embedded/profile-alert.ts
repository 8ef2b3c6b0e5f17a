import type { Alert } from '../../domain/alert.ts';
import { type AlertId, idOf } from '../../domain/ids.ts';
import { instantOf } from '../../domain/time.ts';
import type { Transaction } from '../../store/index.ts';
import type { EngineParts } from './engine-parts.ts';

/**
 * A condition of the profile is one alert on the profile's wall, raised with the first mailbox that
 * suffers from it and closed with the last; each mailbox has its own copy on its own wall.
 */
export async function countOnProfile(
  parts: Pick<EngineParts, 'newId'>,
  transaction: Transaction,
  raised: Alert,
): Promise<void> {
  if (raised.scope !== 'profile' || raised.profileId === null) return;
  if (await suffersOtherwise(transaction, raised)) return;
  const open = await openOnProfile(transaction, raised);
  await transaction.put(
    'alerts',
    open === undefined
      ? {
          ...raised,
          id: idOf<AlertId>(parts.newId()),
          mailboxId: null,
          slots: raised.slots.profile === undefined ? {} : { profile: raised.slots.profile },
          affected: 1,
        }
      : { ...open, affected: (open.affected ?? 0) + 1 },
  );
}

export async function discountOnProfile(
  parts: Pick<EngineParts, 'scheduler'>,
  transaction: Transaction,
  closed: Alert,
): Promise<void> {
  if (closed.scope !== 'profile' || closed.profileId === null) return;
  if (await suffersOtherwise(transaction, closed)) return;
  const open = await openOnProfile(transaction, closed);
  if (open === undefined) return;
  const affected = Math.max(0, (open.affected ?? 0) - 1);
  const closedAt = affected === 0 ? instantOf(parts.scheduler.now()) : null;
  await transaction.put('alerts', { ...open, affected, closedAt });
}

/** The mailbox counts once, whether one of its directions suffers or all. */
async function suffersOtherwise(
  transaction: Transaction,
  { id, mailboxId, topic, level, scope }: Alert,
): Promise<boolean> {
  const same = await transaction.find('alerts', { mailboxId, topic, level, scope, closedAt: null });
  return same.some((alert) => alert.id !== id);
}

async function openOnProfile(
  transaction: Transaction,
  { profileId, topic, level }: Alert,
): Promise<Alert | undefined> {
  const where = { mailboxId: null, profileId, topic, level, closedAt: null };
  return (await transaction.find('alerts', where))[0];
}
