import type { InvokeResponse } from 'botbuilder';
import type { AdaptiveCard } from '../../cards/index.ts';

/**
 * Universal action model: HTTP 200 whenever our code ran, what became of it in the body. Teams shows
 * nothing at all for other HTTP statuses.
 */
export function cardAnswer(card: AdaptiveCard): InvokeResponse {
  return {
    status: 200,
    body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card },
  };
}

export function messageAnswer(message: string): InvokeResponse {
  return {
    status: 200,
    body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: message },
  };
}

/** For requests that want no content; Teams takes an empty body for "nothing to show". */
export const emptyAnswer: InvokeResponse = { status: 200 };
