import { unansweredListCard } from '../../../cards/index.ts';
import { unansweredView } from '../../present/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import { type ActionAnswer, plainAnswer } from './action.ts';
import { forKnowledgeKeepers } from './for-knowledge-keepers.ts';

const SHOWN = 10;

/** What people asked and no article answers. */
export function listUnanswered(asker: Asker, services: BotServices): Promise<ActionAnswer> {
  return forKnowledgeKeepers(asker, services, async () => {
    const open = await services.unanswered.open();
    const kinds = open.slice(0, SHOWN).map((each) => unansweredView(services, each, asker.t));
    return plainAnswer(unansweredListCard({ kinds, more: open.length - kinds.length }, asker.t));
  });
}
