import { setTimeout as wait } from 'node:timers/promises';
import type { TurnContext } from 'botbuilder';
import type { AdaptiveCard } from '../../cards/index.ts';
import { AppError } from '../../services/observability/index.ts';
import { cardMessage } from './card-message.ts';
import { deliveryAnswerOf } from './delivery-answer.ts';

const ATTEMPTS = 3;
/** A person waits for this answer: longer than this, an error is the better one. */
const LONGEST_WAIT_MS = 2_000;
const FIRST_WAIT_MS = 250;

/** Replies in the turn's conversation; the id of the new message, if the channel gave one. */
export async function sendCard(context: TurnContext, card: AdaptiveCard): Promise<string | null> {
  return patiently(async () => {
    const response = await context.sendActivity(cardMessage(card));
    return response?.id === undefined || response.id === '' ? null : response.id;
  });
}

/** Puts the card in the place of one that stands in the turn's conversation. */
export async function replaceCard(
  context: TurnContext,
  activityId: string,
  card: AdaptiveCard,
): Promise<void> {
  await patiently(() => context.updateActivity({ ...cardMessage(card), id: activityId }));
}

/** Tries again only after answers that say that nothing was delivered. */
async function patiently<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const answer = deliveryAnswerOf(error);
      if (answer.kind !== 'retry') {
        throw new AppError('channel-refused', answer.answer, { cause: error });
      }
      if (attempt === ATTEMPTS || answer.afterMs > LONGEST_WAIT_MS) {
        throw new AppError('channel-unreachable', answer.answer, { cause: error });
      }
      await wait(Math.max(answer.afterMs, FIRST_WAIT_MS * attempt));
    }
  }
}
