import type { Alert } from '../../domain/alert.ts';
import type { MailboxId } from '../../domain/ids.ts';
import type { Mailbox } from '../../domain/mailbox.ts';
import type { OpenTest } from '../../domain/mailbox-class.ts';
import {
  type CountedMailbox,
  countedAs,
  isSelected,
  type MailboxPerformance,
  type PerformanceScope,
  summaryOf,
} from '../../domain/performance.ts';
import { figuresOf } from '../../domain/turn-figures.ts';
import { createBreather } from '../../store/index.ts';
import { pageOf } from '../page-of.ts';
import { performanceHours } from '../performance-hours.ts';
import type { PerformanceQueries } from '../performance-queries.ts';
import type { TurnRecorder } from '../turn-recorder.ts';
import type { EngineParts } from './engine-parts.ts';
import { mailboxOf, pendingSend, stateOf } from './mailbox-records.ts';
import type { RegisteredMailbox } from './registry.ts';

interface Counted {
  readonly mailbox: Mailbox;
  readonly counted: CountedMailbox;
}

export function createPerformanceQueries(
  parts: Pick<EngineParts, 'registry' | 'store' | 'scheduler'>,
  recorder: Pick<TurnRecorder, 'turnsOf' | 'weights' | 'hours'>,
): PerformanceQueries {
  const { registry, store, scheduler } = parts;

  function inScope(scope: PerformanceScope): RegisteredMailbox[] {
    const { organizationId, profileId, concerning } = scope;
    return [...registry.mailboxes.values()].filter((registered) => {
      const profile =
        registered.profileId === null ? undefined : registry.profiles.get(registered.profileId);
      return (
        (organizationId === null || registered.organizationId === organizationId) &&
        (profileId === null || registered.profileId === profileId) &&
        (concerning === null ||
          registered.ownerId === concerning ||
          profile?.profile.ownerId === concerning)
      );
    });
  }

  async function openTests(): Promise<ReadonlyMap<MailboxId, OpenTest>> {
    const open = await Promise.all([
      store.find('testRuns', { state: 'queued' }),
      store.find('testRuns', { state: 'running' }),
    ]);
    return new Map(open.flat().map((run) => [run.mailboxId, { since: run.startedAt }]));
  }

  /** Those that are configured for server-side synchronization, by name. */
  async function countedIn(scope: PerformanceScope): Promise<readonly Counted[]> {
    const tests = await openTests();
    const states = new Map((await store.find('mailboxStates')).map((state) => [state.id, state]));
    const counted: Counted[] = [];
    const breathe = createBreather();
    for (const registered of inScope(scope)) {
      await breathe();
      const organization = registry.organizations.get(registered.organizationId);
      if (organization === undefined) continue;
      const profile =
        registered.profileId === null ? undefined : registry.profiles.get(registered.profileId);
      // What waits to be sent is read for the few that are shown.
      const mailbox = mailboxOf(registered, stateOf(registered, states.get(registered.id)), 0);
      const circumstances = {
        serverType: profile?.profile.serverType ?? null,
        test: tests.get(registered.id) ?? null,
        thresholds: organization.performance,
      };
      const as = countedAs(mailbox, circumstances, scheduler.now());
      if (as !== null) counted.push({ mailbox, counted: as });
    }
    // Code unit order, as where mailboxes are found: a collator takes too long for 10 000.
    return counted.sort(({ mailbox: a }, { mailbox: b }) =>
      a.name === b.name ? (a.id < b.id ? -1 : 1) : a.name < b.name ? -1 : 1,
    );
  }

  async function worstFirst(all: readonly Counted[]): Promise<readonly Counted[]> {
    const weights = await recorder.weights();
    const ranks = new Map(
      all.map(({ mailbox: { id } }) => {
        const { turns = 0, failed = 0, processingMs = 0 } = weights.get(id) ?? {};
        return [id, { share: failed / (turns || 1), average: processingMs / (turns || 1) }];
      }),
    );
    const rank = ({ mailbox }: Counted) => ranks.get(mailbox.id) ?? { share: 0, average: 0 };
    return [...all].sort(
      (a, b) => rank(b).share - rank(a).share || rank(b).average - rank(a).average,
    );
  }

  async function shown({ mailbox, counted }: Counted): Promise<MailboxPerformance> {
    return {
      mailbox: { ...mailbox, pendingSend: await pendingSend(store, mailbox.id) },
      class: counted.class,
      figures: figuresOf(await recorder.turnsOf(mailbox.id)),
    };
  }

  async function alertsIn(
    scope: PerformanceScope,
    holds: (alert: Alert) => boolean,
  ): Promise<readonly Alert[]> {
    const ids = new Set<MailboxId>(inScope(scope).map(({ id }) => id));
    return (await store.find('alerts')).filter(
      (alert) => holds(alert) && alert.mailboxId !== null && ids.has(alert.mailboxId),
    );
  }

  return {
    async performanceSummary(scope) {
      return summaryOf((await countedIn(scope)).map(({ counted }) => counted));
    },
    async performanceMailboxes(scope, selection, wish) {
      const all = await countedIn(scope);
      const selected = all.filter(({ counted }) => isSelected(counted, selection));
      const ordered = selection.by === 'worst' ? await worstFirst(selected) : selected;
      const page = pageOf(ordered, wish);
      return { ...page, items: await Promise.all(page.items.map(shown)) };
    },
    async performanceHours(scope, period) {
      const profiles = [...registry.profiles.values()].filter(
        ({ profile: { id, organizationId, ownerId } }) =>
          (scope.organizationId === null || organizationId === scope.organizationId) &&
          (scope.profileId === null || id === scope.profileId) &&
          (scope.concerning === null || ownerId === scope.concerning),
      );
      const ids = new Set(profiles.map(({ profile }) => profile.id));
      const hours = (await recorder.hours()).filter(({ profileId }) => ids.has(profileId));
      return performanceHours(hours, await alertsIn(scope, raisedWithin(period)), period);
    },
    async raisedAlerts(scope, { topic, ...period }, wish) {
      const within = raisedWithin(period);
      const alerts = await alertsIn(
        scope,
        (alert) => (topic === null || alert.topic === topic) && within(alert),
      );
      return pageOf(
        [...alerts].sort((a, b) => (a.raisedAt < b.raisedAt ? 1 : -1)),
        wish,
      );
    },
    async processedTurns(mailboxId) {
      return registry.mailboxes.has(mailboxId)
        ? [...(await recorder.turnsOf(mailboxId))].reverse()
        : [];
    },
  };
}

const raisedWithin =
  ({ from, to }: { readonly from: string; readonly to: string }) =>
  ({ raisedAt }: Alert): boolean =>
    raisedAt >= from && raisedAt < to;
