import type { Mailbox } from '../../domain/mailbox.ts';
import type { TestRun } from '../../domain/test-run.ts';
import { epochMsOf, instantOf, MINUTE_MS } from '../../domain/time.ts';
import { asAppError } from '../../observability/index.ts';
import type { Cancel } from '../../scheduler/index.ts';
import type { Transaction } from '../../store/index.ts';
import { asPerson, type ChangesParts, type FreshMailbox, freshMailbox } from './changes-parts.ts';
import { flagIn, momentIn } from './row-values.ts';
import { endedUnfinished, endedWith } from './test-results.ts';

/** "A few minutes", says Microsoft; the first looks are for those that are quick. */
const LOOKS_AFTER_MS = [2_000, 3_000, 5_000, 10_000, 15_000] as const;
const LATER_LOOKS_AFTER_MS = MINUTE_MS / 2;
/** Where background operations are off, a test is scheduled for ever. */
const LONGEST_MS = 15 * MINUTE_MS;

export interface TestFollower {
  /** Looks at the mailbox until its test has ended, over restarts; tells when it has. */
  follow(run: TestRun, before?: Mailbox): void;
  stop(): Promise<void>;
}

export function createTestFollower(parts: ChangesParts): TestFollower {
  const { store, scheduler, log, telling } = parts;
  const stopping = new AbortController();
  const waiting = new Set<Cancel>();
  const looking = new Set<Promise<void>>();

  async function told(run: TestRun, now: FreshMailbox) {
    const { profileId } = now.mailbox;
    const [profile, organization] = await Promise.all([
      profileId === null ? undefined : parts.profile(profileId),
      parts.organization(),
    ]);
    return async (transaction: Transaction): Promise<void> => {
      await transaction.put('testRuns', run);
      const event = { kind: 'test-run-changed', testRunId: run.id } as const;
      await telling.tell(transaction, { mailbox: now.mailbox, profile, organization }, [event]);
    };
  }

  /** True when it is over. */
  async function look(run: TestRun, atStart: Mailbox | undefined): Promise<boolean> {
    const known = await store.get('testRuns', run.id);
    if (known === undefined || known.state === 'done') return true;
    const now = await freshMailbox(parts, run.mailboxId, asPerson(stopping.signal));
    const at = instantOf(scheduler.now());
    if (now === undefined) {
      await store.transact((transaction) => transaction.put('testRuns', endedUnfinished(run, at)));
      return true;
    }
    const isRunning = flagIn(now.row, 'testemailconfigurationscheduled') === true;
    if (isRunning && !isTooLong(run)) return false;
    const before = atStart ?? (await store.get('seenMailboxes', run.mailboxId))?.mailbox;
    // Dynamics 365's own clock, as for the start.
    const completedAt = momentIn(now.row, 'testmailboxaccesscompletedon');
    const finishedAt = completedAt !== null && completedAt >= run.startedAt ? completedAt : at;
    const ended = isRunning ? endedUnfinished(run, at) : endedWith(run, now, finishedAt, before);
    await parts.seen.record(now, { by: run.requestedBy, also: await told(ended, now) });
    log.info('test-ended', { testRunId: run.id, inTime: !isRunning });
    return true;
  }

  const isTooLong = ({ startedAt }: TestRun): boolean =>
    scheduler.now() - epochMsOf(startedAt) > LONGEST_MS;

  /** Of a machine that is broken for longer than any test takes, nobody learns how it ended. */
  async function looked(run: TestRun, before: Mailbox | undefined): Promise<boolean> {
    try {
      return await look(run, before);
    } catch (thrown) {
      log.warn('test-not-looked-at', { testRunId: run.id, reason: asAppError(thrown).code });
      if (!isTooLong(run)) return false;
      const ended = endedUnfinished(run, instantOf(scheduler.now()));
      await store.transact((transaction) => transaction.put('testRuns', ended));
      return true;
    }
  }

  function lookAfter(run: TestRun, before: Mailbox | undefined, looks = 0): void {
    if (stopping.signal.aborted) return;
    const afterMs = LOOKS_AFTER_MS[looks] ?? LATER_LOOKS_AFTER_MS;
    const cancel = scheduler.after(afterMs, () => {
      waiting.delete(cancel);
      const done = looked(run, before)
        .then((isOver) => (isOver ? undefined : lookAfter(run, before, looks + 1)))
        .catch((thrown: unknown) => {
          if (stopping.signal.aborted) return;
          log.error('test-not-followed', { testRunId: run.id, reason: asAppError(thrown).code });
        })
        .finally(() => looking.delete(done));
      looking.add(done);
      return done;
    });
    waiting.add(cancel);
  }

  return {
    follow: (run, before) => lookAfter(run, before),
    async stop() {
      stopping.abort();
      for (const cancel of waiting) cancel();
      waiting.clear();
      await Promise.all(looking);
    },
  };
}
