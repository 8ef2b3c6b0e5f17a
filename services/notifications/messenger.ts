import type { CardCopy, CardReference } from '../domain/card-reference.ts';
import type { ConversationLink } from '../domain/conversation.ts';
import type { UserId } from '../domain/ids.ts';

/** What a channel said to one delivery; the deliverer decides what happens next. */
export type DeliveryAnswer =
  | { readonly kind: 'delivered'; readonly activityId: string }
  /** Nothing to deliver any more: the subject is gone, or the card would say nothing new. */
  | { readonly kind: 'obsolete' }
  /** 412, 429, 502, 503, 504 or no answer: worth another try, not before `afterMs`. */
  | { readonly kind: 'retry'; readonly afterMs: number; readonly answer: string }
  /** The person blocked or the administrator disabled the bot. */
  | { readonly kind: 'blocked'; readonly answer: string }
  /** The conversation or the message does not exist any more. */
  | { readonly kind: 'gone'; readonly answer: string }
  | { readonly kind: 'failed'; readonly answer: string };

/** Draws cards and puts them before people; implemented by the chat system's adapter. */
export interface Messenger {
  send(
    link: ConversationLink,
    recipientId: UserId,
    reference: CardReference,
  ): Promise<DeliveryAnswer>;
  update(link: ConversationLink, copy: CardCopy): Promise<DeliveryAnswer>;
}
