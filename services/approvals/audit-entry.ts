import type { AuditEntry } from '../domain/audit.ts';
import { instantOf } from '../domain/time.ts';
import type { ApprovalParts } from './approval-parts.ts';

/** An entry that stands alone, for what left no other trace. */
export async function writeAudit(
  parts: Pick<ApprovalParts, 'store' | 'clock'>,
  entry: Omit<AuditEntry, 'at'>,
): Promise<void> {
  await parts.store.transact((transaction) => transaction.audit(auditEntry(parts, entry)));
}

export function auditEntry(
  { clock }: Pick<ApprovalParts, 'clock'>,
  entry: Omit<AuditEntry, 'at'>,
): AuditEntry {
  return { at: instantOf(clock.now()), ...entry };
}
