import type { AuditEntry } from '../domain/audit.ts';
import { instantOf } from '../domain/time.ts';
import type { Transaction } from '../store/index.ts';
import type { ApprovalParts } from './approval-parts.ts';

/** An entry that stands alone, for what left no other trace. */
export async function writeAudit(
  parts: Pick<ApprovalParts, 'store' | 'clock'>,
  entry: Omit<AuditEntry, 'at'>,
): Promise<void> {
  await parts.store.transact((transaction) => transaction.audit(auditEntry(parts, entry)));
}

/** The engine answers a repeated press as it did the first one, which is no second deed. */
export async function auditOnce(
  { clock }: Pick<ApprovalParts, 'clock'>,
  transaction: Transaction,
  entry: Omit<AuditEntry, 'at'>,
  idempotencyKey: string,
): Promise<void> {
  const id = `approvals/${entry.action}/${entry.subject}/${entry.actor}/${idempotencyKey}`;
  if ((await transaction.get('idempotency', id))?.result === entry.outcome) return;
  const at = instantOf(clock.now());
  await transaction.put('idempotency', { id, result: entry.outcome, at });
  await transaction.audit({ at, ...entry });
}

export function auditEntry(
  { clock }: Pick<ApprovalParts, 'clock'>,
  entry: Omit<AuditEntry, 'at'>,
): AuditEntry {
  return { at: instantOf(clock.now()), ...entry };
}
