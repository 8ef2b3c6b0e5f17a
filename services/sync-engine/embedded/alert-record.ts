import type { Alert, AlertLevel } from '../../domain/alert.ts';
import type { Failure } from '../../domain/failure.ts';
import { idOf } from '../../domain/ids.ts';
import type { Direction } from '../../domain/mailbox.ts';
import { credentialSourceFor, type EmailServerProfile } from '../../domain/profile.ts';
import { instantOf } from '../../domain/time.ts';
import type { Transaction } from '../../store/index.ts';
import type { EngineParts } from './engine-parts.ts';
import { countOnProfile, discountOnProfile } from './profile-alert.ts';
import type { RegisteredMailbox } from './registry.ts';
import { endSuccess } from './success-alert.ts';

interface Occurrence {
  readonly registered: RegisteredMailbox;
  readonly profile: EmailServerProfile;
  readonly direction: Direction;
  readonly failure: Failure;
  /** `warning` while it is retried, `error` once the direction is disabled (domain.md §6.1). */
  readonly level: Extract<AlertLevel, 'warning' | 'error'>;
}

/**
 * At most one alert of a mailbox and direction is open. The same condition keeps its alert; a
 * warning that became an error is a new alert, as in Dynamics 365, where alerts are never updated.
 */
export async function raiseAlert(
  parts: Pick<EngineParts, 'alertFor' | 'newId' | 'scheduler'>,
  transaction: Transaction,
  { registered, profile, direction, failure, level }: Occurrence,
): Promise<Alert> {
  const topic = parts.alertFor(failure, {
    direction,
    credentialSource: credentialSourceFor(profile, direction),
    serverType: profile.serverType,
  });
  const open = await openAlerts(transaction, registered, direction);
  const same = open.find((alert) => alert.topic === topic && alert.level === level);
  if (same !== undefined) return same;
  await closeAlerts(parts, transaction, registered, direction);
  await endSuccess(parts, transaction, registered, direction);
  const alert: Alert = {
    id: idOf(parts.newId()),
    topic,
    level,
    scope: failure.scope,
    nature: level === 'error' ? 'permanent' : 'transient',
    mailboxId: registered.id,
    profileId: profile.id,
    direction,
    slots: { mailbox: registered.name, profile: profile.name },
    raisedAt: instantOf(parts.scheduler.now()),
    closedAt: null,
  };
  await transaction.put('alerts', alert);
  await countOnProfile(parts, transaction, alert);
  return alert;
}

export async function closeAlerts(
  parts: Pick<EngineParts, 'scheduler'>,
  transaction: Transaction,
  registered: RegisteredMailbox,
  direction: Direction,
): Promise<void> {
  const closedAt = instantOf(parts.scheduler.now());
  for (const alert of await openAlerts(transaction, registered, direction)) {
    await transaction.put('alerts', { ...alert, closedAt });
    await discountOnProfile(parts, transaction, alert);
  }
}

function openAlerts(
  transaction: Transaction,
  registered: RegisteredMailbox,
  direction: Direction,
): Promise<readonly Alert[]> {
  return transaction.find('alerts', { mailboxId: registered.id, direction, closedAt: null });
}
