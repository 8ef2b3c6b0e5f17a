import { type EarlyWarning, isNearer } from '../../domain/early-warning.ts';
import type { ProfileId } from '../../domain/ids.ts';
import { instantOf } from '../../domain/time.ts';
import type { Reader, Transaction } from '../../store/index.ts';
import type { EarlyWarningQuery } from '../sync-engine.ts';
import type { EngineParts } from './engine-parts.ts';
import type { RegisteredMailbox, Registry } from './registry.ts';

/** A warning before it is known whether it has been raised already. */
export type Foretold = Omit<EarlyWarning, 'id' | 'raisedAt' | 'closedAt'>;

type Parts = Pick<EngineParts, 'registry' | 'scheduler' | 'emit'>;

export function warningId({ cause, mailboxId, profileId }: Foretold): string {
  return `${cause}@${mailboxId ?? profileId}`;
}

/** Raises a warning, or says that it has come nearer; the same again changes nothing. */
export async function raiseWarning(
  parts: Parts,
  transaction: Transaction,
  foretold: Foretold,
): Promise<void> {
  const concerned = oneConcerned(parts.registry, foretold);
  // Nobody is served by what will fail.
  if (concerned === undefined) return;
  const id = warningId(foretold);
  const before = await transaction.get('earlyWarnings', id);
  const open = before !== undefined && before.closedAt === null;
  if (open && isSame(before, foretold)) return;
  const raisedAt = open ? before.raisedAt : instantOf(parts.scheduler.now());
  const warning: EarlyWarning = { ...foretold, id, raisedAt, closedAt: null };
  await transaction.put('earlyWarnings', warning);
  await parts.emit(transaction, concerned, { kind: 'early-warning-raised', warning });
}

export async function endWarning(
  parts: Parts,
  transaction: Transaction,
  before: EarlyWarning,
): Promise<void> {
  const warning = { ...before, closedAt: instantOf(parts.scheduler.now()) };
  await transaction.put('earlyWarnings', warning);
  const concerned = oneConcerned(parts.registry, before);
  // A mailbox or profile that was taken out of the registry has nobody left to be told.
  if (concerned === undefined) return;
  await parts.emit(transaction, concerned, { kind: 'early-warning-ended', warning });
}

/** A quota is told again with every new number; of limits and certificates only the level counts. */
function isSame(before: EarlyWarning, { level, trouble }: Foretold): boolean {
  if (before.level !== level) return false;
  return (
    trouble.kind !== 'quota-near' || JSON.stringify(trouble) === JSON.stringify(before.trouble)
  );
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

export async function findWarnings(
  { registry, store }: { readonly registry: Registry; readonly store: Reader },
  query: EarlyWarningQuery,
): Promise<readonly EarlyWarning[]> {
  const ofProfile = (profileId: ProfileId): Promise<readonly EarlyWarning[]> =>
    store.find('earlyWarnings', { profileId, mailboxId: null, closedAt: null });
  switch (query.by) {
    case 'cause':
      return store.find('earlyWarnings', { cause: query.cause });
    case 'profile':
      return nearestFirst(await ofProfile(query.profileId));
    case 'mailbox': {
      const { mailboxId } = query;
      const own = await store.find('earlyWarnings', { mailboxId, closedAt: null });
      const profileId = registry.mailboxes.get(mailboxId)?.profileId ?? null;
      return nearestFirst(profileId === null ? own : [...own, ...(await ofProfile(profileId))]);
    }
  }
}

function nearestFirst(warnings: readonly EarlyWarning[]): readonly EarlyWarning[] {
  return [...warnings].sort((a, b) => {
    if (a.level !== b.level) return isNearer(a.level, b.level) ? -1 : 1;
    return (a.at ?? '').localeCompare(b.at ?? '') || a.id.localeCompare(b.id);
  });
}
