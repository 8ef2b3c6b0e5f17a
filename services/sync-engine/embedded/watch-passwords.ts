import { levelAt } from '../../domain/early-warning.ts';
import type { Instant } from '../../domain/time.ts';
import { endWarning, raiseWarning } from './early-warnings.ts';
import type { EngineParts } from './engine-parts.ts';
import { topicFor } from './foretold-troubles.ts';
import type { RegisteredMailbox } from './registry.ts';

/** Told by the server, and not by the registry, which does not end it. */
export const TOLD_BY_SERVER = 'password-told:';

/** The end of a mailbox's own password, as its server has just said. */
export async function sawPasswordEnd(
  parts: EngineParts,
  { id: mailboxId, profileId, credentials }: RegisteredMailbox,
  at: Instant,
): Promise<void> {
  const { registry, store, scheduler } = parts;
  const profile = profileId === null ? undefined : registry.profiles.get(profileId)?.profile;
  if (profile === undefined || credentials?.kind !== 'password') return;
  const cause = `${TOLD_BY_SERVER}${mailboxId}:${at.slice(0, 10)}`;
  const level = levelAt('password-expires', at, scheduler.now());
  const before = (await store.find('earlyWarnings', { mailboxId, closedAt: null })).filter(
    (warning) => warning.cause.startsWith(TOLD_BY_SERVER) && warning.cause !== cause,
  );
  // Who has just signed in has a password that works, whatever a date in the past may mean.
  const foretells = level !== null && level !== 'over';
  if (before.length === 0 && !foretells) return;
  await store.transact(async (transaction) => {
    for (const warning of before) await endWarning(parts, transaction, warning);
    if (!foretells) return;
    await raiseWarning(parts, transaction, {
      cause,
      trouble: { kind: 'password-expires', userName: credentials.userName },
      mailboxId,
      profileId: profile.id,
      topic: topicFor(parts, profile, 'password-expired'),
      level,
      at,
    });
  });
}
