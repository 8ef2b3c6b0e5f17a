import type { MailboxId } from '../../domain/ids.ts';
import { instantOf } from '../../domain/time.ts';
import { chunksOf } from './chunks.ts';
import type { DataverseParts } from './dataverse-parts.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { MailboxReader } from './mailbox-reader.ts';
import type { RecordSeen } from './record-seen.ts';
import type { Asking } from './web-api.ts';

/** Reads mailboxes as they are now and tells what is new of them; one that is there no more ends. */
export type LookAgain = (ids: readonly MailboxId[], asking: Asking) => Promise<void>;

/** Some five requests; what is read of more at a time is old before it is recorded. */
const AT_ONCE = 500;

export function createLookAgain({
  reader,
  seen,
  scheduler,
}: Pick<DataverseParts, 'scheduler'> & {
  readonly reader: Pick<MailboxReader, 'read'>;
  readonly seen: RecordSeen;
}): LookAgain {
  return async (ids, asking) => {
    for (const some of chunksOf([...new Set(ids)], AT_ONCE)) {
      const readAt = instantOf(scheduler.now());
      const found = await reader.read(some, asking);
      const there = new Set<MailboxId>();
      // Together, so that one flush to disk is for all of them; transactions keep their order.
      await Promise.all(
        found.map(({ mailbox, alerts, row }) => {
          there.add(mailbox.id);
          return seen.record({ mailbox, alerts, readAt, fingerprint: fingerprintOf(row) });
        }),
      );
      for (const id of some) if (!there.has(id)) await seen.recordGone(id);
    }
  };
}
