import type { MailboxId } from '../domain/ids.ts';

/**
 * Who works on a mailbox. Looks at its directions go on beside each other, since they may concern
 * different servers; a test is alone with it, and its person waits for no look that has not begun.
 */
export interface MailboxTurns {
  /** Waits for looks under way and for other tests; from now on no look begins. */
  alone<Result>(mailboxId: MailboxId, work: () => Promise<Result>): Promise<Result>;
  /** Null, and nothing done, while a test runs or waits to: `free` says when to ask again. */
  beside<Result>(mailboxId: MailboxId, work: () => Promise<Result>): Promise<Result> | null;
  free(mailboxId: MailboxId): Promise<void>;
}

interface Occupation {
  readonly looks: Set<Promise<unknown>>;
  readonly tests: Set<Promise<unknown>>;
}

export function createMailboxTurns(): MailboxTurns {
  const occupied = new Map<MailboxId, Occupation>();

  function occupy<Result>(
    mailboxId: MailboxId,
    as: keyof Occupation,
    begin: (before: Occupation) => Promise<Result>,
  ): Promise<Result> {
    const occupation = occupied.get(mailboxId) ?? { looks: new Set(), tests: new Set() };
    occupied.set(mailboxId, occupation);
    const { looks, tests } = occupation;
    const work = begin({ looks: new Set(looks), tests: new Set(tests) }).finally(() => {
      occupation[as].delete(work);
      if (looks.size + tests.size === 0) occupied.delete(mailboxId);
    });
    occupation[as].add(work);
    return work;
  }

  return {
    alone: (mailboxId, work) =>
      occupy(mailboxId, 'tests', async ({ looks, tests }) => {
        await Promise.allSettled([...looks, ...tests]);
        return work();
      }),
    beside: (mailboxId, work) =>
      (occupied.get(mailboxId)?.tests.size ?? 0) > 0 ? null : occupy(mailboxId, 'looks', work),
    async free(mailboxId) {
      for (;;) {
        const { tests } = occupied.get(mailboxId) ?? {};
        if (tests === undefined || tests.size === 0) return;
        await Promise.allSettled(tests);
      }
    },
  };
}
