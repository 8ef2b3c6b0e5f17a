import type { CardReference } from './card-reference.ts';
import type { UserId } from './ids.ts';
import type { Instant } from './time.ts';

/**
 * Work for the deliverer, written in the same transaction as what caused it.
 * `send` puts a new card before a person; `update` redraws a copy that stands already.
 */
export type OutboxWork =
  | { readonly kind: 'send'; readonly recipientId: UserId; readonly reference: CardReference }
  | { readonly kind: 'update'; readonly cardCopyId: string };

export type DeliveryState =
  | 'due'
  | 'delivered'
  /** The person has never talked to the bot: recorded, sent when they do. */
  | 'no-conversation'
  | 'blocked'
  | 'gone'
  | 'failed';

export interface OutboxRow {
  readonly id: string;
  readonly work: OutboxWork;
  readonly state: DeliveryState;
  /** Grows when what the row shows changed again before it was delivered. */
  readonly revision: number;
  readonly attempts: number;
  readonly dueAt: Instant;
  readonly createdAt: Instant;
  /** The last answer of the channel, e.g. `403 BotNotInConversationRoster`. */
  readonly lastAnswer: string | null;
}
