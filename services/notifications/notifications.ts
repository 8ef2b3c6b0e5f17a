import type { CardCopy, CardReference } from '../domain/card-reference.ts';
import type { Guide } from '../domain/guide.ts';
import type { MailboxId, UserId } from '../domain/ids.ts';
import type { Transaction } from '../store/index.ts';
import type { SyncEventSink } from '../sync-engine/index.ts';

/** Who is told what, and how every card that was sent stays true. */
export interface Notifications {
  /** Turns an engine's event into incidents and outbox rows, in the event's own transaction. */
  readonly sink: SyncEventSink;
  /** Redraws every card that shows one of these mailboxes. */
  enqueueCopyUpdates(transaction: Transaction, mailboxIds: readonly MailboxId[]): Promise<void>;
  /** Redraws every copy of a guide's card. */
  enqueueGuideUpdates(
    transaction: Transaction,
    guide: Pick<Guide, 'id' | 'mailboxId'>,
  ): Promise<void>;
  /** What a card shows, before it is drawn: `rememberCopy` tells by it what happened meanwhile. */
  drawnFrom(reference: CardReference): Promise<string>;
  /** Remembers a card that the bot put into a conversation, so that it can be updated. */
  rememberCopy(transaction: Transaction, copy: CardCopy, drawnFrom: string): Promise<void>;
  /** Rows that waited for this person's first conversation become due. */
  conversationOpened(transaction: Transaction, userId: UserId): Promise<void>;
  /** Looks for due rows now instead of at the next tick. */
  kick(): void;
  start(): void;
  stop(): Promise<void>;
}
