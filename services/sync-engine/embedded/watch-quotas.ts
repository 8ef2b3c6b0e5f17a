import { DAY_MS, type QuotaUse, quotaLevel } from '../../domain/early-warning.ts';
import type { MailboxId } from '../../domain/ids.ts';
import { HOUR_MS } from '../../domain/time.ts';
import { endWarning, raiseWarning } from './early-warnings.ts';
import type { EngineParts } from './engine-parts.ts';
import { topicFor } from './foretold-troubles.ts';
import type { RegisteredMailbox } from './registry.ts';

/** A mailbox fills in weeks; one that is nearly full is looked at until there is room again. */
const USUAL_GAP_MS = DAY_MS;
const NEARLY_FULL_GAP_MS = HOUR_MS;

export interface QuotaWatch {
  /** Whether the next session may ask: once a day is enough, whatever else the session is for. */
  isDue(mailboxId: MailboxId): boolean;
  /** `undefined` where nobody asked, or where the server keeps no quotas. */
  saw(mailbox: RegisteredMailbox, quotas: readonly QuotaUse[] | undefined): Promise<void>;
}

export function createQuotaWatch(parts: EngineParts): QuotaWatch {
  const { registry, store, scheduler } = parts;
  /** In memory: after a restart each mailbox is asked once more. */
  const nextAsk = new Map<MailboxId, number>();

  async function record(mailbox: RegisteredMailbox, quota: QuotaUse): Promise<boolean> {
    const { id: mailboxId, profileId } = mailbox;
    const profile = profileId === null ? undefined : registry.profiles.get(profileId)?.profile;
    if (profile === undefined) return false;
    const level = quotaLevel(quota);
    const cause = `quota:${mailboxId}:${quota.resource}`;
    const before = await store.get('earlyWarnings', `${cause}@${mailboxId}`);
    const open = before !== undefined && before.closedAt === null;
    if (level === null && !open) return false;
    await store.transact(async (transaction) => {
      if (level === null) {
        if (open) await endWarning(parts, transaction, before);
        return;
      }
      await raiseWarning(parts, transaction, {
        cause,
        trouble: { kind: 'quota-near', quota },
        mailboxId,
        profileId: profile.id,
        topic: topicFor(parts, profile, 'quota-exceeded'),
        level,
        at: null,
      });
    });
    return level !== null;
  }

  return {
    isDue(mailboxId) {
      const now = scheduler.now();
      if (now < (nextAsk.get(mailboxId) ?? 0)) return false;
      nextAsk.set(mailboxId, now + USUAL_GAP_MS);
      return true;
    },
    async saw(mailbox, quotas) {
      let nearlyFull = false;
      for (const quota of quotas ?? []) {
        if (await record(mailbox, quota)) nearlyFull = true;
      }
      if (nearlyFull) nextAsk.set(mailbox.id, scheduler.now() + NEARLY_FULL_GAP_MS);
    },
  };
}
