import type { MailboxId } from '../../domain/ids.ts';
import type { OpenTest } from '../../domain/mailbox-class.ts';
import { type CountedMailbox, countedAs, type PerformanceScope } from '../../domain/performance.ts';
import type { TurnWeight } from '../../domain/turn-history.ts';
import type { Scheduler } from '../../scheduler/index.ts';
import { createBreather, type Store } from '../../store/index.ts';
import type { TurnRecorder } from '../turn-recorder.ts';
import { isRetried, withFailuresInARow } from './failures-in-a-row.ts';
import type { Survey, SurveyedMailbox } from './mailbox-survey.ts';
import type { KeysOfPerson } from './whose.ts';

export interface Counted {
  readonly id: MailboxId;
  readonly counted: CountedMailbox;
}

/** `theirs`: of the person whom the scope is limited to; null where nobody's keys are known. */
export function isInScope(
  { profiles }: Survey,
  scope: PerformanceScope,
  theirs: KeysOfPerson | null,
): (each: SurveyedMailbox) => boolean {
  return ({ mailbox: { profileId, organizationId }, belongsTo, recordOwner }) => {
    if (scope.organizationId !== null && organizationId !== scope.organizationId) return false;
    if (scope.profileId !== null && profileId !== scope.profileId) return false;
    if (scope.concerning === null) return true;
    if (theirs === null) return false;
    const whose = belongsTo ?? recordOwner;
    const profile = profileId === null ? undefined : profiles.get(profileId);
    return (whose !== null && theirs.all.has(whose)) || profile?.recordOwner === theirs.systemUser;
  };
}

/** Those that are configured for server-side synchronization, by name. */
export async function countMailboxes(
  { profiles, thresholds }: Survey,
  mailboxes: readonly SurveyedMailbox[],
  {
    store,
    scheduler,
    recorder,
  }: {
    readonly store: Store;
    readonly scheduler: Pick<Scheduler, 'now'>;
    readonly recorder: Pick<TurnRecorder, 'turnsOf'>;
  },
): Promise<readonly Counted[]> {
  const started = await testsStartedHere(store);
  const all: Counted[] = [];
  const breathe = createBreather();
  for (const { mailbox: surveyed, testingSince } of mailboxes) {
    await breathe();
    const { id, profileId } = surveyed;
    const mailbox = isRetried(surveyed)
      ? withFailuresInARow(surveyed, await recorder.turnsOf(id))
      : surveyed;
    const circumstances = {
      serverType: profileId === null ? null : (profiles.get(profileId)?.serverType ?? null),
      test: testingSince === null ? null : (started.get(id) ?? { since: testingSince }),
      thresholds,
    };
    const counted = countedAs(mailbox, circumstances, scheduler.now());
    if (counted !== null) all.push({ id, counted });
  }
  return all;
}

/** Of tests that were started here the moment is known. */
async function testsStartedHere(store: Store): Promise<ReadonlyMap<MailboxId, OpenTest>> {
  const open = await Promise.all([
    store.find('testRuns', { state: 'queued' }),
    store.find('testRuns', { state: 'running' }),
  ]);
  return new Map(open.flat().map((run) => [run.mailboxId, { since: run.startedAt }]));
}

/** Those whose turns fail most; of those that fail alike, the slowest. */
export function worstFirst(
  all: readonly Counted[],
  weights: ReadonlyMap<MailboxId, TurnWeight>,
): readonly Counted[] {
  const ranks = new Map(
    all.map(({ id }) => {
      const { turns = 0, failed = 0, processingMs = 0 } = weights.get(id) ?? {};
      return [id, { share: failed / (turns || 1), average: processingMs / (turns || 1) }];
    }),
  );
  const rank = ({ id }: Counted) => ranks.get(id) ?? { share: 0, average: 0 };
  return [...all].sort(
    (a, b) => rank(b).share - rank(a).share || rank(b).average - rank(a).average,
  );
}
