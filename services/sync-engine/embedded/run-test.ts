import { DIRECTIONS, type Direction } from '../../domain/mailbox.ts';
import type { DirectionResult, SkipReason, StageResult, TestRun } from '../../domain/test-run.ts';
import { instantOf } from '../../domain/time.ts';
import { AppError } from '../../observability/index.ts';
import { type Attempted, attempt, endpointFor } from './attempt.ts';
import { isChanged } from './changeable-registry.ts';
import type { Cycle } from './cycle.ts';
import type { EngineParts } from './engine-parts.ts';
import { findTestMessage } from './find-test-message.ts';
import { ended } from './interrupted-run.ts';
import { mailboxOf, readState } from './mailbox-records.ts';
import { unlessOtherOrganization } from './primary-organization.ts';
import { type RecordedResult, recordTestFailed, recordTestPassed } from './record-test-result.ts';
import type { RegisteredMailbox, RegisteredProfile } from './registry.ts';
import type { ServerQueues } from './server-queues.ts';
import { createTestBudget } from './test-budget.ts';
import { createTestProgress, keepFinishedRun, keepTestRun } from './test-progress.ts';

/** Dynamics 365 sends this to the mailbox itself; the subject is the one people know from there. */
const TEST_MESSAGE = {
  subject: 'Your mailbox is now connected to Dynamics 365',
  text: 'Test & Enable Mailbox sent this message to see that e-mail can be sent. Nothing is to be done.',
};

interface Surroundings {
  readonly queues: ServerQueues;
  readonly cycle: Cycle;
  readonly signal: AbortSignal;
  /** "Sync items with Exchange from this Dynamics 365 organization only". */
  readonly asPrimary: boolean;
}

/** One run from its first direction to its last; each result counts as soon as it is there. */
export async function runTest(
  parts: EngineParts,
  { queues, cycle, signal, asPrimary }: Surroundings,
  registered: RegisteredMailbox,
  queued: TestRun,
): Promise<void> {
  const { store, scheduler } = parts;
  const progress = createTestProgress(parts, registered);
  const budget = createTestBudget();
  let run: TestRun = { ...queued, state: 'running' };
  let lastSeenUid: string | null = null;
  let sent: { readonly messageId: string; readonly sentAtMs: number } | null = null;
  const profileNow = (): RegisteredProfile => {
    const { profileId } = registered;
    const used = profileId === null ? undefined : parts.registry.profiles.get(profileId);
    if (used !== undefined) return used;
    throw new AppError('registry-invalid', `mailbox ${registered.id} has no profile`);
  };
  const withResult = (direction: Direction, result: DirectionResult): TestRun => ({
    ...run,
    results: { ...run.results, [direction]: result },
  });
  try {
    for (const direction of DIRECTIONS) {
      if ((await take(direction)) === 'stopped') break;
    }
    await lookForTestMessage(profileNow());
  } finally {
    await progress.settle();
    // A direction that is left without a result after no stop means that something threw.
    run = ended(run, instantOf(scheduler.now()), signal.aborted ? 'restart' : 'fault');
    await store.transact((transaction) => keepFinishedRun(parts, transaction, registered, run));
  }

  /** Each direction by the profile as it is when its turn comes; once more where it changed meanwhile. */
  async function take(direction: Direction): Promise<'taken' | 'stopped'> {
    for (;;) {
      const used = profileNow();
      const because = skipReason(registered, used, direction);
      if (because !== null) {
        run = withResult(direction, { outcome: 'skipped', because });
        return 'taken';
      }
      if (signal.aborted) return 'stopped';
      const attempted = await testDirection(direction, used);
      await progress.settle();
      if (attempted.outcome === 'cancelled') return 'stopped';
      if (skipReason(registered, used, direction) !== null) continue;
      if ((await record(direction, used, attempted)) === 'recorded') return 'taken';
    }
  }

  async function testDirection(
    direction: Direction,
    profile: RegisteredProfile,
  ): Promise<Attempted> {
    const endpoint = endpointFor(profile, direction, registered.address);
    const stages: StageResult[] = [];
    const show = (): void => {
      run = withResult(direction, {
        outcome: 'running',
        protocol: endpoint.protocol,
        stages: [...stages],
      });
      progress.show(run);
    };
    show();
    const mailbox = mailboxOf(registered, await readState(store, registered), 0);
    const messageId = `<${parts.newId()}@${mailbox.address.slice(mailbox.address.lastIndexOf('@') + 1)}>`;
    const wish = { server: endpoint, profileId: profile.profile.id, urgency: 'test' } as const;
    const attempted = await queues.run(wish, () =>
      budget.spend(toCome(direction, profile), (deadlineMs) =>
        attempt(parts, mailbox, direction, {
          testMessage: direction === 'outgoing' ? { ...TEST_MESSAGE, messageId } : null,
          signal,
          deadlineMs,
          asPrimary,
          onStage: (stage) => {
            stages.push(stage);
            show();
          },
        }),
      ),
    );
    if (attempted.outcome === 'passed' && direction === 'incoming') {
      lastSeenUid = attempted.lastSeenUid;
    }
    if (direction === 'outgoing') sent = { messageId, sentAtMs: performance.now() };
    return attempted;
  }

  /** Only where receiving works, too: else it says nothing about sending. */
  async function lookForTestMessage(profile: RegisteredProfile): Promise<void> {
    const { incoming, outgoing } = run.results;
    const works = incoming.outcome === 'passed' && outgoing.outcome === 'passed';
    if (!works || sent === null || signal.aborted) return;
    const mailbox = mailboxOf(registered, await readState(store, registered), 0);
    const server = endpointFor(profile, 'incoming', registered.address);
    const wish = { server, profileId: profile.profile.id, urgency: 'test' } as const;
    run = await findTestMessage(
      parts,
      mailbox,
      run,
      { ...sent, lastSeenUid },
      {
        signal,
        asPrimary,
        deadlineMs: budget.leftMs(),
        inTurn: (probe) => ({
          ...probe,
          run: (request) => queues.run(wish, () => probe.run(request)),
        }),
      },
    );
  }

  function toCome(direction: Direction, profile: RegisteredProfile): number {
    return DIRECTIONS.slice(DIRECTIONS.indexOf(direction) + 1).filter(
      (later) => skipReason(registered, profile, later) === null,
    ).length;
  }

  async function record(
    direction: Direction,
    used: RegisteredProfile,
    seen: Exclude<Attempted, { outcome: 'cancelled' }>,
  ): Promise<'recorded' | 'set-up-changed'> {
    const { protocol, stages } = seen;
    const { profile } = used;
    const recorded = await store.transact<RecordedResult | null>(async (transaction) => {
      if (isChanged(parts.registry, used) || !registered.active) return null;
      const attempted = asPrimary
        ? seen
        : await unlessOtherOrganization(parts, transaction, registered, seen);
      const state = await readState(transaction, registered);
      const where = { transaction, registered, profile, direction, state };
      const result =
        attempted.outcome === 'passed'
          ? await recordTestPassed(parts, where, run.requestedBy)
          : await recordTestFailed(parts, where, attempted.failure);
      const tested = withResult(
        direction,
        attempted.outcome === 'passed'
          ? { outcome: 'passed', protocol, stages }
          : { outcome: 'failed', protocol, stages, failure: attempted.failure },
      );
      const next = {
        ...tested,
        raisedAlerts: [...run.raisedAlerts, ...result.raised],
        releasedMessages: run.releasedMessages + result.released,
      };
      await keepTestRun(parts, transaction, registered, next);
      run = next;
      return result;
    });
    if (recorded === null) return 'set-up-changed';
    cycle.plan(registered, recorded.state);
    if (recorded.released > 0) cycle.hasten(registered.id, 'outgoing');
    return 'recorded';
  }
}

function skipReason(
  registered: RegisteredMailbox,
  { profile }: RegisteredProfile,
  direction: Direction,
): SkipReason | null {
  if (!registered.active) return 'mailbox-inactive';
  const mailOnly = profile.serverType === 'pop3-smtp' || profile.serverType === 'imap-smtp';
  if (direction === 'act' && mailOnly) return 'not-supported-by-server-type';
  return registered.methods[direction] === 'server-side-synchronization'
    ? null
    : 'not-synchronized-by-server';
}
