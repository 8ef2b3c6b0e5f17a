import { referenceTo, type Vote } from '../../../services/domain/answer.ts';
import { type AnswerId, idOf } from '../../../services/domain/ids.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import { type ActionAnswer, answerShowing, outdatedAnswer } from './action.ts';

export interface RateAnswer {
  readonly answerId: string;
  readonly vote: Vote;
}

/** Counts the vote and shows the same answer with it. The answer tells what the card shows, not the card. */
export async function rateAnswer(
  asker: Asker,
  { answerId, vote }: RateAnswer,
  services: BotServices,
): Promise<ActionAnswer> {
  const id = idOf<AnswerId>(answerId);
  const counted = await services.answers.vote({
    answerId: id,
    vote,
    voter: asker.person.id,
    conversationId: asker.conversationId,
  });
  const answer = await services.store.get('answers', id);
  if (counted === 'unknown-answer' || answer === undefined) return outdatedAnswer(asker);
  return answerShowing(referenceTo(answer), asker, services);
}
