import { idOf, type MailboxId, type TestRunId } from '../../domain/ids.ts';
import { needsApproval } from '../../domain/permission.ts';
import type { DirectionResult, TestRun } from '../../domain/test-run.ts';
import { instantOf } from '../../domain/time.ts';
import { asAppError } from '../../observability/index.ts';
import type { Transaction } from '../../store/index.ts';
import type { MailboxTurns } from '../mailbox-turns.ts';
import { doneBefore, rememberDone } from '../once.ts';
import type { ActionContext, TestAndEnableAnswer } from '../sync-engine.ts';
import { giveApproval } from './approve.ts';
import type { Cycle } from './cycle.ts';
import type { EngineParts } from './engine-parts.ts';
import { ended } from './interrupted-run.ts';
import { mailboxOf, readState } from './mailbox-records.ts';
import type { RegisteredMailbox } from './registry.ts';
import { runTest } from './run-test.ts';
import type { ServerQueues } from './server-queues.ts';
import { keepFinishedRun, keepTestRun } from './test-progress.ts';

export interface TestAndEnable {
  start(mailboxId: MailboxId, context: ActionContext): Promise<TestAndEnableAnswer>;
  /** Runs that a stopped process left behind are over; what they did not get to is not known. */
  finishAbandoned(): Promise<void>;
  /** Waits for running tests; the engine's signal has told them to end. */
  settled(): Promise<void>;
}

export function createTestAndEnable(
  parts: EngineParts,
  surroundings: {
    readonly turns: MailboxTurns;
    readonly queues: ServerQueues;
    readonly cycle: Cycle;
    readonly signal: AbortSignal;
  },
): TestAndEnable {
  const { registry, store, scheduler, log } = parts;
  const running = new Set<Promise<void>>();

  function begin(
    registered: RegisteredMailbox,
    run: TestRun,
    { signal, markAsPrimary: asPrimary = false }: ActionContext,
  ): void {
    const either = AbortSignal.any([signal, surroundings.signal]);
    const ended = surroundings.turns
      .alone(registered.id, () =>
        runTest(parts, { ...surroundings, signal: either, asPrimary }, registered, run),
      )
      .catch((thrown: unknown) => {
        log.error('test-broke', { testRunId: run.id, reason: asAppError(thrown).code });
      })
      .finally(() => running.delete(ended));
    running.add(ended);
  }

  async function decide(
    transaction: Transaction,
    registered: RegisteredMailbox,
    context: ActionContext,
  ): Promise<TestAndEnableAnswer> {
    const { actor, idempotencyKey, selfApproval = false } = context;
    const mailboxId = registered.id;
    const once = { action: 'test-and-enable', mailboxId, key: idempotencyKey };
    const earlier = await doneBefore(transaction, once);
    if (earlier !== null) return { kind: 'started', testRunId: idOf<TestRunId>(earlier) };
    const used =
      registered.profileId === null ? undefined : registry.profiles.get(registered.profileId);
    const organization = registry.organizations.get(registered.organizationId);
    if (used === undefined || organization === undefined) return { kind: 'profile-missing' };
    if (!registered.active) return { kind: 'mailbox-inactive' };
    const state = await readState(transaction, registered);
    const mailbox = mailboxOf(registered, state, 0);
    const lacksApproval = needsApproval(mailbox, used.profile, organization);
    // What an administrator has rejected, its owner does not approve after all.
    const approvesItself = selfApproval && state.approval.state !== 'rejected';
    if (lacksApproval && !approvesItself) return { kind: 'approval-missing' };
    const [unfinished] = (await transaction.find('testRuns', { mailboxId })).filter(
      (run) => run.state !== 'done',
    );
    if (unfinished !== undefined) return { kind: 'already-running', testRunId: unfinished.id };
    const waiting: DirectionResult = { outcome: 'waiting' };
    const run: TestRun = {
      id: idOf(parts.newId()),
      mailboxId,
      requestedBy: actor.userId,
      state: 'queued',
      startedAt: instantOf(scheduler.now()),
      finishedAt: null,
      results: { incoming: waiting, outgoing: waiting, act: waiting },
      raisedAlerts: [],
      releasedMessages: 0,
    };
    if (lacksApproval) await giveApproval(parts, transaction, registered, state, actor.userId);
    await rememberDone(transaction, scheduler, once, run.id);
    await keepTestRun(parts, transaction, registered, run);
    transaction.afterCommit(() => begin(registered, run, context));
    return { kind: 'started', testRunId: run.id };
  }

  return {
    async start(mailboxId, context) {
      const registered = registry.mailboxes.get(mailboxId);
      if (registered === undefined) return { kind: 'not-found' };
      context.signal.throwIfAborted();
      return store.transact((transaction) => decide(transaction, registered, context));
    },
    async finishAbandoned() {
      for (const state of ['queued', 'running'] as const) {
        for (const run of await store.find('testRuns', { state })) {
          await store.transact(async (transaction) => {
            const over = ended(run, instantOf(scheduler.now()), 'restart');
            const registered = registry.mailboxes.get(run.mailboxId);
            if (registered === undefined) await transaction.put('testRuns', over);
            else await keepFinishedRun(parts, transaction, registered, over);
          });
        }
      }
    },
    async settled() {
      await Promise.all(running);
    },
  };
}
