import { type EarlyWarning, isNearer, type ServerCertificate } from '../domain/early-warning.ts';
import type { MailboxId, ProfileId } from '../domain/ids.ts';
import { instantOf } from '../domain/time.ts';
import type { Reader, Transaction } from '../store/index.ts';
import type { EarlyWarningQuery } from './sync-engine.ts';

/** A warning before it is known whether it has been raised already. */
export type Foretold = Omit<EarlyWarning, 'id' | 'raisedAt' | 'closedAt'>;

export function warningId({ cause, mailboxId, profileId }: Foretold): string {
  return `${cause}@${mailboxId ?? profileId}`;
}

export function causeOfCertificate({ fingerprint }: ServerCertificate): string {
  return `certificate:${fingerprint.replaceAll(':', '').toLowerCase()}`;
}

/** Writes a warning that is new, or has come nearer; null where the same is known already. */
export async function keepWarning(
  transaction: Transaction,
  foretold: Foretold,
  nowMs: number,
): Promise<EarlyWarning | null> {
  const id = warningId(foretold);
  const before = await transaction.get('earlyWarnings', id);
  const open = before !== undefined && before.closedAt === null;
  if (open && isSame(before, foretold)) return null;
  const raisedAt = open ? before.raisedAt : instantOf(nowMs);
  const warning: EarlyWarning = { ...foretold, id, raisedAt, closedAt: null };
  await transaction.put('earlyWarnings', warning);
  return warning;
}

export async function closeWarning(
  transaction: Transaction,
  before: EarlyWarning,
  nowMs: number,
): Promise<EarlyWarning> {
  const warning = { ...before, closedAt: instantOf(nowMs) };
  await transaction.put('earlyWarnings', warning);
  return warning;
}

/** A quota is told again with every new number; of limits and certificates only the level counts. */
function isSame(before: EarlyWarning, { level, trouble }: Foretold): boolean {
  if (before.level !== level) return false;
  return (
    trouble.kind !== 'quota-near' || JSON.stringify(trouble) === JSON.stringify(before.trouble)
  );
}

/** `profileOf`: by which profile a mailbox is reached now. */
export async function findWarnings(
  store: Reader,
  profileOf: (mailboxId: MailboxId) => Promise<ProfileId | null>,
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
      const profileId = await profileOf(mailboxId);
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
