import type { DeliveryState } from '../../services/domain/outbox.ts';
import type { Reader } from '../../services/store/index.ts';

const DELIVERY_STATES = {
  due: 0,
  delivered: 0,
  'no-conversation': 0,
  blocked: 0,
  gone: 0,
  failed: 0,
} as const satisfies Record<DeliveryState, 0>;

/**
 * How much work waits and how much is broken, for GET /metrics: counts only. Mailboxes that nothing
 * has happened to yet have no state and are not counted; a mailbox counts once, by its worst direction.
 * Where an engine elsewhere has the mailboxes, nothing is said of them rather than nought.
 */
export async function stateCounts(
  store: Reader,
  has: { readonly mailboxes: boolean } = { mailboxes: true },
): Promise<Readonly<Record<string, number>>> {
  const [rows, incidents, mailboxes] = await Promise.all([
    store.find('outbox'),
    store.find('incidents'),
    store.find('mailboxStates'),
  ]);
  const outbox: Record<DeliveryState, number> = { ...DELIVERY_STATES };
  for (const { state } of rows) outbox[state] += 1;
  let disabled = 0;
  let retrying = 0;
  for (const { directions } of mailboxes) {
    const all = [directions.incoming, directions.outgoing, directions.act];
    if (all.some(({ disabledAt }) => disabledAt !== null)) disabled += 1;
    else if (all.some(({ transientFailures, confirming }) => transientFailures > 0 || confirming)) {
      retrying += 1;
    }
  }
  return {
    ...Object.fromEntries(
      Object.entries(outbox).map(([state, count]) => [`outbox_${state.replace('-', '_')}`, count]),
    ),
    incidents_open: incidents.filter(({ state }) => state !== 'closed').length,
    ...(has.mailboxes && { mailboxes_disabled: disabled, mailboxes_retrying: retrying }),
  };
}
