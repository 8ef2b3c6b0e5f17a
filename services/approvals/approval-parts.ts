import type { Directory } from '../directory/index.ts';
import type { MailboxId } from '../domain/ids.ts';
import type { Log } from '../observability/index.ts';
import type { Clock } from '../scheduler/index.ts';
import type { Store, Transaction } from '../store/index.ts';
import type { SyncEngine } from '../sync-engine/index.ts';

export interface ApprovalParts {
  readonly store: Store;
  readonly engine: SyncEngine;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly log: Log;
  /** Redraws every card that shows one of these mailboxes (services/notifications). */
  readonly enqueueCopyUpdates: (
    transaction: Transaction,
    mailboxIds: readonly MailboxId[],
  ) => Promise<void>;
  /** Wakes the deliverer; called when rows are durable. */
  readonly kick: () => void;
  readonly newId: () => string;
}
