import { idOf, type MailboxId, type ProfileId } from '../../domain/ids.ts';
import type { ProcessedTurn } from '../../domain/processed-turn.ts';
import { TURNS_KEPT } from '../../domain/turn-history.ts';
import { STATISTICS_COLUMNS } from './columns.ts';
import { literal } from './odata-literal.ts';
import { toTurn } from './to-turn.ts';
import type { Asking, ListOf, Row, WebApi } from './web-api.ts';

/** A table whose set no page names. */
export const STATISTICS = 'mailboxstatistics';

/** So many of each direction, as the embedded engine keeps. */
const MOST = 3 * TURNS_KEPT;

/** The last cycles of a mailbox, newest first. */
export async function processedTurnsOf(
  api: Pick<WebApi, 'list' | 'setOf'>,
  mailboxId: MailboxId,
  profileId: ProfileId | null,
  asking: Asking,
): Promise<readonly ProcessedTurn[]> {
  const set = await api.setOf(STATISTICS, asking);
  const { query } = statisticsOf(mailboxId, set);
  return turnsIn(await api.list(set, query, asking), profileId);
}

/** The rows behind the last cycles of a mailbox. */
export function statisticsOf(mailboxId: MailboxId, set: string): ListOf {
  return {
    set,
    query: {
      select: STATISTICS_COLUMNS,
      filter: `_mailboxid_value eq ${literal(mailboxId)}`,
      orderBy: 'mailboxprocesscompletedon desc',
      top: MOST,
      bare: true,
    },
  };
}

export function turnsIn(
  rows: readonly Row[],
  profileId: ProfileId | null,
): readonly ProcessedTurn[] {
  return rows.flatMap((row) => toTurn(row, profileId ?? idOf('')) ?? []);
}
