import type { CardCopy, IncidentAudience } from '../domain/card-reference.ts';
import type { Incident } from '../domain/incident.ts';
import type { Transaction } from '../store/index.ts';
import type { FailureEvent } from './incidents.ts';
import { enqueueUpdate, markSent } from './outbox.ts';
import type { Recipients } from './recipients.ts';
import { incidentSubject } from './refresh-cards.ts';

interface Succession {
  readonly from: Incident;
  readonly to: Incident;
  /** Of the incident that took over. */
  readonly recipients: Recipients;
  readonly event: FailureEvent;
}

/**
 * An incident that ended only because its last direction now fails for another reason is not
 * "working again" for those whom the new one concerns: their card goes on with it. While it is only
 * retried that is enough; when it is disabled, or they have become the ones to act, they are told.
 */
export async function followIncident(
  { from, to, recipients, event }: Succession,
  transaction: Transaction,
  nowMs: number,
): Promise<void> {
  for (const before of ['must-act', 'informed'] as const) {
    const copies = await transaction.find('cardCopies', { subject: incidentSubject(from, before) });
    for (const copy of copies) {
      const audience = audienceOf(copy, recipients);
      if (audience === null || copy.viewerId === null) continue;
      const reference = { card: 'incident', incidentId: to.id, audience } as const;
      const moved = { ...copy, reference, subject: incidentSubject(to, audience) };
      await transaction.put('cardCopies', moved);
      await enqueueUpdate(transaction, moved, nowMs);
      const mustActNow = audience === 'must-act' && before === 'informed';
      if (event.kind !== 'direction-retrying' || mustActNow) continue;
      await markSent(transaction, to.id, copy.viewerId, reference, nowMs);
    }
  }
}

function audienceOf(
  { viewerId }: CardCopy,
  { mustAct, informed }: Recipients,
): IncidentAudience | null {
  if (viewerId === null) return null;
  if (mustAct.includes(viewerId)) return 'must-act';
  return informed.includes(viewerId) ? 'informed' : null;
}
