import type { MailboxId } from '../../domain/ids.ts';

/** One piece of work at a time for each mailbox: a test never runs beside an attempt of the cycle. */
export interface MailboxTurns {
  take<Result>(mailboxId: MailboxId, work: () => Promise<Result>): Promise<Result>;
}

export function createMailboxTurns(): MailboxTurns {
  const last = new Map<MailboxId, Promise<unknown>>();
  return {
    async take(mailboxId, work) {
      const before = last.get(mailboxId) ?? Promise.resolve();
      const mine = before.then(work, work);
      last.set(mailboxId, mine);
      try {
        return await mine;
      } finally {
        if (last.get(mailboxId) === mine) last.delete(mailboxId);
      }
    },
  };
}
