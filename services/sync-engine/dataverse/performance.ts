import {
  isSelected,
  type MailboxPerformance,
  type PerformanceScope,
  summaryOf,
} from '../../domain/performance.ts';
import { figuresOf } from '../../domain/turn-figures.ts';
import { pageOf } from '../page-of.ts';
import { performanceHours } from '../performance-hours.ts';
import type { PerformanceQueries } from '../performance-queries.ts';
import { createTurnRecorder } from '../turn-recorder.ts';
import { type Counted, countMailboxes, isInScope, worstFirst } from './counted-mailboxes.ts';
import type { DataverseParts } from './dataverse-parts.ts';
import { createStatisticsFollower } from './follow-statistics.ts';
import { ifPermitted } from './if-permitted.ts';
import type { MailboxReader } from './mailbox-reader.ts';
import { createMailboxSurvey, type Survey, type SurveyedProfile } from './mailbox-survey.ts';
import { STATISTICS, statisticsOf, turnsIn } from './processed-turns.ts';
import { createRaisedAlerts, type RaisedLog } from './raised-alerts.ts';
import { shownAlerts } from './shown-alerts.ts';
import type { Asking } from './web-api.ts';
import { type KeysOfPerson, keysOf } from './whose.ts';

/** The turns of one mailbox are read with the mailbox (`createReading`). */
export interface DataversePerformance extends Omit<PerformanceQueries, 'processedTurns'> {
  /** Follows the statistics from now on; without it there are no hours and no worst mailboxes. */
  start(): void;
  /** Writes what has been gathered. */
  stop(): Promise<void>;
}

type Parts = Pick<
  DataverseParts,
  'api' | 'organizationId' | 'store' | 'scheduler' | 'log' | 'diagnose' | 'article'
>;

interface Scoped {
  readonly survey: Survey;
  readonly theirs: KeysOfPerson | null;
}

/**
 * The dashboard's numbers from a survey of all mailboxes, shared for half a minute: Dynamics 365
 * cannot be asked for them (what a mailbox counts as is a rule over a dozen columns).
 */
export function createPerformance(
  parts: Parts,
  reader: Pick<MailboxReader, 'read' | 'people'>,
): DataversePerformance {
  const { api, log } = parts;
  const stopping = new AbortController();
  /** People wait for all of it. */
  const asking: Asking = { signal: stopping.signal, priority: 'person' };
  const surveys = createMailboxSurvey(parts);
  const recorder = createTurnRecorder({
    ...parts,
    mailboxes: { has: (id) => surveys.latest()?.byId.has(id) ?? true },
  });
  const follower = createStatisticsFollower(parts, surveys, recorder);
  const raised = createRaisedAlerts(parts);

  async function scoped({ concerning }: PerformanceScope): Promise<Scoped> {
    const whose = { api, people: reader.people };
    const [survey, theirs] = await Promise.all([
      surveys.take(asking),
      concerning === null ? null : keysOf(concerning, whose, asking),
    ]);
    return { survey, theirs };
  }

  async function countedIn(scope: PerformanceScope): Promise<readonly Counted[]> {
    const { survey, theirs } = await scoped(scope);
    const mailboxes = survey.mailboxes.filter(isInScope(survey, scope, theirs));
    return countMailboxes(survey, mailboxes, { ...parts, recorder });
  }

  async function shown(page: readonly Counted[]): Promise<readonly MailboxPerformance[]> {
    const ids = page.map(({ id }) => id);
    if (ids.length === 0) return [];
    const [read, statistics] = await Promise.all([
      reader.read(ids, asking),
      ifPermitted(log, 'mailbox statistics', [], async () => {
        const set = await api.setOf(STATISTICS, asking);
        return api.lists(
          ids.map((id) => statisticsOf(id, set)),
          asking,
        );
      }),
    ]);
    const mailboxes = new Map(read.map(({ mailbox }) => [mailbox.id, mailbox]));
    return page.flatMap(({ id, counted }, index) => {
      const mailbox = mailboxes.get(id);
      // It was deleted since the survey.
      if (mailbox === undefined) return [];
      const figures = figuresOf(turnsIn(statistics[index] ?? [], mailbox.profileId));
      return [{ mailbox, class: counted.class, figures }];
    });
  }

  function logsIn(logs: readonly RaisedLog[], scope: PerformanceScope, { survey, theirs }: Scoped) {
    const isShown = isInScope(survey, scope, theirs);
    return logs.filter(({ mailboxId, profileId }) => {
      const mailbox = mailboxId === null ? undefined : survey.byId.get(mailboxId);
      if (mailbox !== undefined) return isShown(mailbox);
      const profile = profileId === null ? undefined : survey.profiles.get(profileId);
      return profile !== undefined && isProfileInScope(profile, scope, theirs, parts);
    });
  }

  return {
    async performanceSummary(scope) {
      return summaryOf((await countedIn(scope)).map(({ counted }) => counted));
    },
    async performanceMailboxes(scope, selection, wish) {
      const all = await countedIn(scope);
      const selected = all.filter(({ counted }) => isSelected(counted, selection));
      const ordered =
        selection.by === 'worst' ? worstFirst(selected, await recorder.weights()) : selected;
      const page = pageOf(ordered, wish);
      return { ...page, items: await shown(page.items) };
    },
    async performanceHours(scope, period) {
      const limits = await scoped(scope);
      const { survey, theirs } = limits;
      const hours = (await recorder.hours()).filter(({ profileId }) => {
        const profile = survey.profiles.get(profileId);
        return profile !== undefined && isProfileInScope(profile, scope, theirs, parts);
      });
      const logs = await raised.within(period, survey, asking);
      return performanceHours(hours, logsIn(logs, scope, limits), period);
    },
    async raisedAlerts(scope, { topic, ...period }, wish) {
      const limits = await scoped(scope);
      const all = logsIn(await raised.within(period, limits.survey, asking), scope, limits);
      const selected = topic === null ? all : all.filter((log) => log.topic === topic);
      const page = pageOf(selected, wish);
      return { ...page, items: await shownAlerts(page.items, all, { ...parts, reader }, asking) };
    },
    start() {
      recorder.start();
      follower.start(stopping.signal);
    },
    async stop() {
      stopping.abort();
      follower.stop();
      await recorder.stop();
    },
  };
}

function isProfileInScope(
  profile: SurveyedProfile,
  scope: PerformanceScope,
  theirs: KeysOfPerson | null,
  { organizationId }: Pick<Parts, 'organizationId'>,
): boolean {
  return (
    (scope.organizationId === null || scope.organizationId === organizationId) &&
    (scope.profileId === null || scope.profileId === profile.id) &&
    (scope.concerning === null || (theirs !== null && profile.recordOwner === theirs.systemUser))
  );
}
