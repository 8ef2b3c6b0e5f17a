import { articleHistoryCard } from '../../../cards/index.ts';
import { idOf, type TopicId } from '../../../services/domain/ids.ts';
import { historyView } from '../../present/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import { type ActionAnswer, outdatedAnswer, plainAnswer } from './action.ts';
import { forKnowledgeKeepers } from './for-knowledge-keepers.ts';

export interface RollBackArticle {
  readonly topic: string;
  readonly to: number;
  /** What the card showed to be in force: pressed twice, or too late, it changes nothing. */
  readonly from: number;
}

export function rollBackArticle(
  asker: Asker,
  { topic, to, from }: RollBackArticle,
  services: BotServices,
): Promise<ActionAnswer> {
  return forKnowledgeKeepers(asker, services, async () => {
    const { editing } = services;
    const id = idOf<TopicId>(topic);
    const { kind } = await editing.rollBack({ topic: id, to, from, author: asker.person.id });
    if (kind === 'unknown-revision') return outdatedAnswer(asker);
    const view = await historyView(services, editing, id, asker.t, kind);
    return plainAnswer(articleHistoryCard(view, asker.t));
  });
}
