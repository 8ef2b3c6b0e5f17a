import type { Alert } from '../../domain/alert.ts';
import { informationEnds } from '../../domain/alert-wall.ts';
import { idOf } from '../../domain/ids.ts';
import type { Direction } from '../../domain/mailbox.ts';
import type { EmailServerProfile } from '../../domain/profile.ts';
import { instantOf } from '../../domain/time.ts';
import type { Transaction } from '../../store/index.ts';
import type { EngineParts } from './engine-parts.ts';
import type { RegisteredMailbox } from './registry.ts';

/** "Success of Test & Enable also raises an alert to the mailbox owner" (domain.md §6.2). */
const SUCCESS = 'test-enable-success';

/** Takes the place of an earlier success of this direction. */
export async function raiseSuccess(
  parts: Pick<EngineParts, 'newId' | 'scheduler'>,
  transaction: Transaction,
  registered: RegisteredMailbox,
  profile: EmailServerProfile,
  direction: Direction,
): Promise<Alert> {
  await endSuccess(parts, transaction, registered, direction);
  const raisedAt = instantOf(parts.scheduler.now());
  const alert: Alert = {
    id: idOf(parts.newId()),
    topic: idOf(SUCCESS),
    level: 'information',
    scope: 'mailbox',
    nature: 'permanent',
    mailboxId: registered.id,
    profileId: profile.id,
    direction,
    slots: { mailbox: registered.name, profile: profile.name },
    raisedAt,
    closedAt: informationEnds(raisedAt),
  };
  await transaction.put('alerts', alert);
  return alert;
}

/** What works no more is no news any longer. */
export async function endSuccess(
  parts: Pick<EngineParts, 'scheduler'>,
  transaction: Transaction,
  { id: mailboxId }: RegisteredMailbox,
  direction: Direction,
): Promise<void> {
  const closedAt = instantOf(parts.scheduler.now());
  const told = await transaction.find('alerts', { mailboxId, direction, level: 'information' });
  for (const alert of told) {
    if (alert.closedAt === null || alert.closedAt > closedAt) {
      await transaction.put('alerts', { ...alert, closedAt });
    }
  }
}
