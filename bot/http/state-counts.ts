import type { DeliveryState } from '../../services/domain/outbox.ts';
import type { PerformanceScope } from '../../services/domain/performance.ts';
import type { Reader } from '../../services/store/index.ts';
import type { SyncEngine } from '../../services/sync-engine/index.ts';

const DELIVERY_STATES = {
  due: 0,
  delivered: 0,
  'no-conversation': 0,
  blocked: 0,
  gone: 0,
  failed: 0,
} as const satisfies Record<DeliveryState, 0>;

const EVERYTHING: PerformanceScope = { organizationId: null, profileId: null, concerning: null };

/**
 * How much work waits and how much is broken, for GET /metrics: counts only. The mailboxes of an
 * engine elsewhere stand in that engine's own metrics.
 */
export async function stateCounts(
  store: Reader,
  engine: Pick<SyncEngine, 'kind' | 'performanceSummary'>,
): Promise<Readonly<Record<string, number>>> {
  const [rows, incidents] = await Promise.all([store.find('outbox'), store.find('incidents')]);
  const outbox: Record<DeliveryState, number> = { ...DELIVERY_STATES };
  for (const { state } of rows) outbox[state] += 1;
  return {
    ...Object.fromEntries(
      Object.entries(outbox).map(([state, count]) => [`outbox_${state.replace('-', '_')}`, count]),
    ),
    incidents_open: incidents.filter(({ state }) => state !== 'closed').length,
    ...(engine.kind === 'embedded' && (await engineCounts(engine, store))),
  };
}

/**
 * The dashboard's summary, and mailboxes whose worst direction is disabled or is retried: those that
 * nothing has happened to yet have no state.
 */
export async function engineCounts(
  engine: Pick<SyncEngine, 'performanceSummary'>,
  store: Reader,
): Promise<Readonly<Record<string, number>>> {
  const [summary, mailboxes] = await Promise.all([
    engine.performanceSummary(EVERYTHING),
    store.find('mailboxStates'),
  ]);
  let disabled = 0;
  let retrying = 0;
  for (const { directions } of mailboxes) {
    const all = [directions.incoming, directions.outgoing, directions.act];
    if (all.some(({ disabledAt }) => disabledAt !== null)) disabled += 1;
    else if (all.some(({ transientFailures, confirming }) => transientFailures > 0 || confirming)) {
      retrying += 1;
    }
  }
  const { warnings } = summary;
  return {
    mailboxes_disabled: disabled,
    mailboxes_retrying: retrying,
    mailboxes_configured: summary.configured,
    mailboxes_healthy: summary.healthy,
    mailboxes_continuous_errors: summary.continuousErrors,
    mailboxes_warnings: warnings.total,
    mailboxes_intermittent: warnings.intermittent,
    mailboxes_not_processing: warnings.notProcessing,
    mailboxes_testing: warnings.testing.total,
  };
}
