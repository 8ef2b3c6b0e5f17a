import type { IncidentAudience } from '../domain/card-reference.ts';
import type { UserId } from '../domain/ids.ts';
import type { Transaction } from '../store/index.ts';
import type { IncidentChange } from './incident-members.ts';
import type { FailureEvent } from './incidents.ts';
import { enqueueSend, retryFailedSend } from './outbox.ts';
import type { Recipients } from './recipients.ts';

/**
 * Who must act hears of the first retry. Those who only suffer hear when it is disabled: a blip
 * that the first retry ends would otherwise wake everybody on a server.
 */
export async function tellPeople(
  { before, after }: IncidentChange,
  event: FailureEvent,
  { mustAct, informed }: Recipients,
  transaction: Transaction,
  nowMs: number,
): Promise<void> {
  if (event.kind === 'direction-confirming') return;
  const becameDisabled = after.state === 'disabled' && before?.state !== 'disabled';

  const tell = async (recipientId: UserId, audience: IncidentAudience): Promise<void> => {
    const reference = { card: 'incident', incidentId: after.id, audience } as const;
    await enqueueSend(transaction, after.id, recipientId, reference, nowMs);
    if (becameDisabled) await retryFailedSend(transaction, after.id, recipientId, nowMs);
  };
  for (const recipientId of mustAct) await tell(recipientId, 'must-act');
  if (event.kind === 'direction-retrying') return;
  for (const recipientId of informed) await tell(recipientId, 'informed');
}
