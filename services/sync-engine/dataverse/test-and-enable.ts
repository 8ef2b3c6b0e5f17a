import { idOf, type MailboxId, type TestRunId, type UserId } from '../../domain/ids.ts';
import { needsApproval } from '../../domain/permission.ts';
import type { TestRun } from '../../domain/test-run.ts';
import { instantOf } from '../../domain/time.ts';
import { doneBefore, rememberDone } from '../once.ts';
import type { ActionContext, ActionRefusal, TestAndEnableAnswer } from '../sync-engine.ts';
import { actingAs } from './acting.ts';
import { asPerson, type ChangesParts, type FreshMailbox, freshMailbox } from './changes-parts.ts';
import type { TestFollower } from './follow-test.ts';
import { flagIn, momentIn } from './row-values.ts';
import { beginningOf } from './test-results.ts';
import type { Written } from './web-api.ts';
import { refusalOf } from './write-refusal.ts';

/** What Dynamics 365 says of a mailbox that it does not test (8005E2xx). */
const IN_PROGRESS = '0x8005e248';
const INACTIVE = '0x8005e219';
const WITHOUT_PROFILE = '0x8005e222';

/**
 * "Test & Enable Mailbox": Dynamics 365 is told to test, as the person, and does so by itself; the
 * follower looks how it ends. `markAsPrimary` goes with it, as the tick in its own dialogue does.
 */
export async function testAndEnable(
  parts: ChangesParts,
  follower: Pick<TestFollower, 'follow'>,
  mailboxId: MailboxId,
  context: ActionContext,
): Promise<TestAndEnableAnswer> {
  const { signal, actor, idempotencyKey } = context;
  signal.throwIfAborted();
  const { store, scheduler } = parts;
  const once = { action: 'test-and-enable', mailboxId, key: idempotencyKey };
  const earlier = await doneBefore(store, once);
  if (earlier !== null) return { kind: 'started', testRunId: idOf<TestRunId>(earlier) };
  const before = await freshMailbox(parts, mailboxId, asPerson(signal));
  if (before === undefined) return { kind: 'not-found' };
  const refusal = await objectionTo(parts, before, context);
  if (refusal !== null) return refusal;
  const unfinished = await unfinishedRun(parts, mailboxId);
  if (unfinished !== undefined) return { kind: 'already-running', testRunId: unfinished.id };

  const keep = async (now: FreshMailbox): Promise<TestRunId> => {
    const run = runOf(parts, now, actor.userId);
    await parts.seen.record(now, {
      by: actor.userId,
      before: before.mailbox,
      async also(transaction) {
        await transaction.put('testRuns', run);
        await rememberDone(transaction, scheduler, once, run.id);
      },
    });
    follower.follow(run, before.mailbox);
    return run.id;
  };

  // Somebody pressed it in Dynamics 365.
  if (isTesting(before)) return { kind: 'already-running', testRunId: await keep(before) };
  const acting = actingAs(context, parts.api);
  if (acting === null) return { kind: 'sign-in-required' };
  const values = {
    testemailconfigurationscheduled: true,
    ...(context.markAsPrimary === true && { orgmarkedasprimaryforexchangesync: true }),
  };
  const written = await parts.api.update('mailboxes', mailboxId, values, acting);
  if (written.kind === 'not-found') return written;
  const inProgress = written.kind === 'refused' && codeOf(written) === IN_PROGRESS;
  if (written.kind === 'refused' && !inProgress) return objectionOf(written);
  const now = await freshMailbox(parts, mailboxId, asPerson(signal));
  if (now === undefined) return { kind: 'not-found' };
  if (!isTesting(now) && completion(now) === completion(before)) return { kind: 'no-effect' };
  return { kind: inProgress ? 'already-running' : 'started', testRunId: await keep(now) };
}

/** The rules of every engine; Dynamics 365 has its own beside them. */
async function objectionTo(
  parts: ChangesParts,
  { mailbox }: FreshMailbox,
  { selfApproval = false }: ActionContext,
): Promise<ActionRefusal | null> {
  const [profile, organization] = await Promise.all([
    mailbox.profileId === null ? undefined : parts.profile(mailbox.profileId),
    parts.organization(),
  ]);
  if (profile === undefined || organization === undefined) return { kind: 'profile-missing' };
  if (!mailbox.active) return { kind: 'mailbox-inactive' };
  // What an administrator has rejected, its owner does not approve after all.
  const approvesItself = selfApproval && mailbox.approval.state !== 'rejected';
  const lacks = needsApproval(mailbox, profile, organization) && !approvesItself;
  return lacks ? { kind: 'approval-missing' } : null;
}

async function unfinishedRun(
  { store }: Pick<ChangesParts, 'store'>,
  mailboxId: MailboxId,
): Promise<TestRun | undefined> {
  const runs = await store.find('testRuns', { mailboxId });
  return runs.find(({ state }) => state !== 'done');
}

/** By the clock of Dynamics 365, which also dates its alerts. */
function runOf(
  { newId, scheduler }: Pick<ChangesParts, 'newId' | 'scheduler'>,
  { mailbox, row }: FreshMailbox,
  requestedBy: UserId,
): TestRun {
  return {
    id: idOf(newId()),
    mailboxId: mailbox.id,
    requestedBy,
    state: 'running',
    startedAt: momentIn(row, 'modifiedon') ?? instantOf(scheduler.now()),
    finishedAt: null,
    results: beginningOf(mailbox),
    raisedAlerts: [],
    releasedMessages: 0,
  };
}

const isTesting = ({ row }: FreshMailbox): boolean =>
  flagIn(row, 'testemailconfigurationscheduled') === true;
const completion = ({ row }: FreshMailbox) => momentIn(row, 'testmailboxaccesscompletedon');

type Refused = Extract<Written, { readonly kind: 'refused' }>;
const codeOf = ({ code }: Refused): string => code.toLowerCase();

function objectionOf(written: Refused): ActionRefusal {
  switch (codeOf(written)) {
    case INACTIVE:
      return { kind: 'mailbox-inactive' };
    case WITHOUT_PROFILE:
      return { kind: 'profile-missing' };
    default:
      return refusalOf(written);
  }
}
