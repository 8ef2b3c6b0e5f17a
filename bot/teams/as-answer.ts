import type { Answer } from '../../services/domain/answer.ts';
import type { AlertReference } from '../present/index.ts';
import type { BotServices } from './bot-services.ts';
import type { Asker } from './turn.ts';

/** Keeps that this article was given as an answer, so that it can be voted on and asked further about. */
export async function asAnswer(
  asker: Asker,
  reference: AlertReference,
  how: Pick<Answer, 'foundBy' | 'confidence'>,
  { answers, knowledge }: Pick<BotServices, 'answers' | 'knowledge'>,
): Promise<AlertReference> {
  // Card data may name an article that never was.
  if (knowledge.article(reference.topic) === null) return reference;
  const { topic, slots, direction, code, nature, mailboxId } = reference;
  const answerId = await answers.give({
    ...how,
    ...{ topic, slots, direction, code, nature, mailboxId },
    conversationId: asker.conversationId,
    askedBy: asker.person.id,
    language: asker.t.language,
  });
  return { ...reference, answerId };
}
