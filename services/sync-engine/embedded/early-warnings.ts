import type { EarlyWarning } from '../../domain/early-warning.ts';
import type { ProfileId } from '../../domain/ids.ts';
import type { Transaction } from '../../store/index.ts';
import { closeWarning, type Foretold, keepWarning } from '../early-warnings.ts';
import type { EngineParts } from './engine-parts.ts';
import type { RegisteredMailbox, Registry } from './registry.ts';

type Parts = Pick<EngineParts, 'registry' | 'scheduler' | 'emit'>;

/** Raises a warning, or says that it has come nearer; the same again changes nothing. */
export async function raiseWarning(
  parts: Parts,
  transaction: Transaction,
  foretold: Foretold,
): Promise<void> {
  const concerned = oneConcerned(parts.registry, foretold);
  // Nobody is served by what will fail.
  if (concerned === undefined) return;
  const warning = await keepWarning(transaction, foretold, parts.scheduler.now());
  if (warning === null) return;
  await parts.emit(transaction, concerned, { kind: 'early-warning-raised', warning });
}

export async function endWarning(
  parts: Parts,
  transaction: Transaction,
  before: EarlyWarning,
): Promise<void> {
  const warning = await closeWarning(transaction, before, parts.scheduler.now());
  const concerned = oneConcerned(parts.registry, before);
  // A mailbox or profile that was taken out of the registry has nobody left to be told.
  if (concerned === undefined) return;
  await parts.emit(transaction, concerned, { kind: 'early-warning-ended', warning });
}

function oneConcerned(
  registry: Registry,
  { mailboxId, profileId }: Pick<EarlyWarning, 'mailboxId' | 'profileId'>,
): RegisteredMailbox | undefined {
  return mailboxId === null ? firstOf(registry, profileId) : registry.mailboxes.get(mailboxId);
}

function firstOf(registry: Registry, profileId: ProfileId): RegisteredMailbox | undefined {
  for (const mailbox of registry.mailboxes.values()) {
    if (mailbox.profileId === profileId) return mailbox;
  }
  return undefined;
}
