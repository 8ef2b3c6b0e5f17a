import type { Directory } from '../directory/index.ts';
import { subjectOf } from '../domain/card-reference.ts';
import { type EarlyWarning, WARNING_LEVELS, type WarningLevel } from '../domain/early-warning.ts';
import type { UserId } from '../domain/ids.ts';
import type { SyncEvent } from '../domain/sync-event.ts';
import type { Transaction } from '../store/index.ts';
import { mailboxById, type SyncEngine } from '../sync-engine/index.ts';
import { enqueueSend, enqueueUpdates, waitsToBeSent } from './outbox.ts';

export type WarningEvent = Extract<SyncEvent, { warning: unknown }>;

interface TellingOptions {
  readonly engine: Pick<SyncEngine, 'findMailboxes' | 'profile'>;
  readonly directory: Directory;
}

/**
 * Whoever must act gets one card for a cause, and another at each nearer level: a card that was
 * updated weeks up in a conversation is seen by nobody. All of them show the state as it is now.
 */
export async function tellEarlyWarning(
  { kind, warning }: WarningEvent,
  options: TellingOptions,
  transaction: Transaction,
  nowMs: number,
): Promise<void> {
  const reference = { card: 'early-warning', cause: warning.cause } as const;
  const subject = subjectOf(reference) ?? '';
  await enqueueUpdates(transaction, { subject }, nowMs);
  // What is over fails by now and is told as a failure.
  if (kind === 'early-warning-ended' || warning.level === 'over') return;
  for (const recipientId of await whoMustAct(warning, options)) {
    const told = (level: WarningLevel): string => keyOf(warning, level);
    const earlier = WARNING_LEVELS.slice(0, WARNING_LEVELS.indexOf(warning.level)).map(told);
    // Someone who could not be reached yet gets one card when they can, and not one for each level.
    if (await waitsToBeSent(transaction, earlier, recipientId)) continue;
    await enqueueSend(transaction, told(warning.level), recipientId, reference, nowMs);
  }
}

/** A date comes once. A quota or a limit may be near again, and is told once a day at most. */
function keyOf({ cause, at, raisedAt }: EarlyWarning, level: WarningLevel): string {
  const occurrence = at === null ? `:${raisedAt.slice(0, 10)}` : '';
  return `early-warning:${cause}:${level}${occurrence}`;
}

async function whoMustAct(
  { mailboxId, profileId }: EarlyWarning,
  { engine, directory }: TellingOptions,
): Promise<readonly UserId[]> {
  const responsible =
    mailboxId === null
      ? (await engine.profile(profileId))?.ownerId
      : (await mailboxById(engine, mailboxId))?.ownerId;
  if (responsible !== null && responsible !== undefined) return [responsible];
  return (await directory.withRole('system-administrator')).map((person) => person.id);
}
