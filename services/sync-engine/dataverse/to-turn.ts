import { idOf, type ProfileId } from '../../domain/ids.ts';
import type { ProcessedTurn } from '../../domain/processed-turn.ts';
import { OPERATIONS, wordFor } from './option-sets.ts';
import { flagIn, keyIn, momentIn, numberIn, type RowValues } from './row-values.ts';

/**
 * One row of `mailboxstatistics`. A row without its moments, or of an operation that is not known
 * here, is no turn; a turn that had nothing to do is not told from one that passed.
 */
export function toTurn(row: RowValues, profileId: ProfileId): ProcessedTurn | null {
  const mailboxId = keyIn(row, '_mailboxid_value');
  const direction = wordFor(OPERATIONS, row.operationtypeid);
  const startedAt = momentIn(row, 'mailboxprocessstartedon');
  const completedAt = momentIn(row, 'mailboxprocesscompletedon');
  if (mailboxId === null || direction === undefined) return null;
  if (startedAt === null || completedAt === null) return null;
  const amount = (column: string): number => Math.max(0, Math.trunc(numberIn(row, column) ?? 0));
  return {
    mailboxId: idOf(mailboxId),
    profileId,
    direction,
    scheduledAt: momentIn(row, 'mailboxprocessscheduledon') ?? startedAt,
    startedAt,
    completedAt,
    outcome: flagIn(row, 'processresult') === true ? 'passed' : 'failed',
    itemsProcessed: amount('itemsprocessed'),
    itemsFailed: amount('itemsfailed'),
    backlog: amount('crmitemsbacklog'),
  };
}
