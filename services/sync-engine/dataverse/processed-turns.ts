import { idOf, type MailboxId, type ProfileId } from '../../domain/ids.ts';
import type { ProcessedTurn } from '../../domain/processed-turn.ts';
import { TURNS_KEPT } from '../../domain/turn-history.ts';
import { STATISTICS_COLUMNS } from './columns.ts';
import { literal } from './odata-literal.ts';
import { OPERATIONS, wordFor } from './option-sets.ts';
import { flagIn, momentIn, numberIn, type RowValues } from './row-values.ts';
import type { Asking, WebApi } from './web-api.ts';

/** So many of each direction, as the embedded engine keeps. */
const MOST = 3 * TURNS_KEPT;

/** The last cycles of a mailbox, newest first. */
export async function processedTurnsOf(
  { list }: Pick<WebApi, 'list'>,
  mailboxId: MailboxId,
  profileId: ProfileId | null,
  asking: Asking,
): Promise<readonly ProcessedTurn[]> {
  const rows = await list(
    'mailboxstatistics',
    {
      select: STATISTICS_COLUMNS,
      filter: `_mailboxid_value eq ${literal(mailboxId)}`,
      orderBy: 'mailboxprocesscompletedon desc',
      top: MOST,
      bare: true,
    },
    asking,
  );
  return rows.flatMap((row) => turnIn(row, mailboxId, profileId ?? idOf('')) ?? []);
}

/** A row without its moments, or of an operation that is not known here, is no turn. */
function turnIn(row: RowValues, mailboxId: MailboxId, profileId: ProfileId): ProcessedTurn | null {
  const direction = wordFor(OPERATIONS, row.operationtypeid);
  const startedAt = momentIn(row, 'mailboxprocessstartedon');
  const completedAt = momentIn(row, 'mailboxprocesscompletedon');
  if (direction === undefined || startedAt === null || completedAt === null) return null;
  const amount = (column: string): number => Math.max(0, numberIn(row, column) ?? 0);
  return {
    mailboxId,
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
