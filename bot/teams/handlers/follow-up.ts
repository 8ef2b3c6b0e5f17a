import { alertCard, followUpCard } from '../../../cards/index.ts';
import type { Answer } from '../../../services/domain/answer.ts';
import { referenceTo } from '../../../services/domain/answer.ts';
import type { Direction } from '../../../services/domain/mailbox.ts';
import type { FollowUp } from '../../../services/knowledge/index.ts';
import { alertView, followUpView, visibleContext } from '../../present/index.ts';
import { asAnswer } from '../as-answer.ts';
import type { BotServices } from '../bot-services.ts';
import type { Turn } from '../turn.ts';

const DIRECTION_OF: Readonly<Record<NonNullable<FollowUp['direction']>, Direction>> = {
  receive: 'incoming',
  send: 'outgoing',
  act: 'act',
};

/** "And on-premises?" after an answer is about that answer. False where the text is a question of its own. */
export async function followUp(turn: Turn, text: string, services: BotServices): Promise<boolean> {
  const asked = services.knowledge.followUp(text);
  if (asked === null) return false;
  const spokenOf = await services.answers.spokenOf(turn.conversationId, turn.person.id);
  const article = spokenOf && services.knowledge.article(spokenOf.topic);
  if (spokenOf === null || article === null) return false;
  const { asks, deployment, direction } = asked;
  if (asks === null && deployment === null && direction !== null) {
    return otherDirection(turn, spokenOf, DIRECTION_OF[direction], services);
  }
  const context =
    spokenOf.mailboxId === null
      ? null
      : await visibleContext(services, spokenOf.mailboxId, turn.viewer);
  const view = await followUpView(services, article, asked, context, turn.viewer, turn.t);
  await turn.reply(followUpCard(view, turn.t));
  return true;
}

/** The same article for the other direction: an answer of its own. */
async function otherDirection(
  turn: Turn,
  spokenOf: Answer,
  direction: Direction,
  services: BotServices,
): Promise<boolean> {
  const reference = referenceTo({ ...spokenOf, direction });
  if (reference.card !== 'alert') return false;
  const how = { foundBy: 'choice', confidence: 1 } as const;
  const given = await asAnswer(turn, reference, how, services);
  const drawnFrom = await services.notifications.drawnFrom(given);
  const view = await alertView(services, given, turn.viewer, turn.t, null);
  if (view === null) return false;
  await turn.reply(alertCard(view, turn.t), { reference: given, drawnFrom });
  return true;
}
