import type { FailedItems } from '../../domain/failed-items.ts';
import type { TopicId } from '../../domain/ids.ts';
import { SYNC_FAILURE_COLUMNS } from './columns.ts';
import type { DataverseParts } from './dataverse-parts.ts';
import { lookupIn, momentIn, textIn } from './row-values.ts';
import type { Asking, Row } from './web-api.ts';

/** A card shows kinds of errors, not items. */
const MOST = 1_000;
/** Details may follow the name of the error. */
const LONGEST = 100;

/**
 * By what Dynamics 365 says of them, the most frequent first. Its rows name a user and no mailbox:
 * those of queues and forward mailboxes are not known.
 */
export async function readFailedItems(
  { api, diagnose, article }: Pick<DataverseParts, 'api' | 'diagnose' | 'article'>,
  mailbox: Row,
  asking: Asking,
): Promise<readonly FailedItems[]> {
  const whose = lookupIn(mailbox, 'regardingobjectid');
  if (whose?.table !== 'systemuser') return [];
  const rows = await api.list(
    'exchangesyncidmappings',
    {
      select: SYNC_FAILURE_COLUMNS,
      filter: `_ownerid_value eq ${whose.id} and lastsyncerror ne null and lastsyncerroroccurredon ne null`,
      orderBy: 'lastsyncerroroccurredon desc',
      top: MOST,
      bare: true,
    },
    asking,
  );
  const byError = new Map<string, FailedItems>();
  for (const row of rows) {
    const error = (textIn(row, 'lastsyncerror') ?? '').split(/[\r\n]/, 1)[0]?.slice(0, LONGEST);
    const at = momentIn(row, 'lastsyncerroroccurredon');
    if (error === undefined || error === '' || at === null) continue;
    const before = byError.get(error);
    byError.set(
      error,
      before === undefined
        ? { error, topic: await topicOf(error), count: 1, latestAt: at }
        : { ...before, count: before.count + 1 },
    );
  }
  return [...byError.values()].sort((a, b) => b.count - a.count);

  async function topicOf(error: string): Promise<TopicId | null> {
    // As the dashboard heads the column: `Duplicate` alone is a word like any other.
    const { outcome, matches } = await diagnose(`Sync Error: ${error}`);
    const topic = outcome === 'match' ? matches[0]?.topic : undefined;
    return topic === undefined ? null : (article(topic)?.id ?? null);
  }
}
