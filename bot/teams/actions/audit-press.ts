import type { AuditEntry } from '../../../services/domain/audit.ts';
import { instantOf } from '../../../services/domain/time.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';

/** Writes down what a person did; the engine answers a repeated press as it did the first, which is no second deed. */
export async function auditPress(
  asker: Asker,
  deed: Pick<AuditEntry, 'action' | 'subject' | 'outcome' | 'detail'>,
  { store, clock }: Pick<BotServices, 'store' | 'clock'>,
): Promise<void> {
  const at = instantOf(clock.now());
  const id = `bot/${deed.action}/${deed.subject}/${asker.idempotencyKey}`;
  await store.transact(async (transaction) => {
    if ((await transaction.get('idempotency', id))?.result === deed.outcome) return;
    await transaction.put('idempotency', { id, result: deed.outcome, at });
    await transaction.audit({ at, actor: asker.person.id, ...deed });
  });
}
