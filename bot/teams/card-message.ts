import { type Activity, CardFactory } from 'botbuilder';
import { type AdaptiveCard, cardSummary } from '../../cards/index.ts';

/**
 * A card alone: text beside it would make Teams split the message in two, and its id would be lost.
 * `summary` is what a notification shows.
 */
export function cardMessage(card: AdaptiveCard): Partial<Activity> {
  return {
    type: 'message',
    summary: cardSummary(card),
    attachments: [CardFactory.adaptiveCard(card)],
  };
}
