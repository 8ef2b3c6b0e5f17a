import { listUnanswered } from '../actions/list-unanswered.ts';
import type { BotServices } from '../bot-services.ts';
import { replyWith } from '../reply-with.ts';
import type { Turn } from '../turn.ts';

export async function unanswered(turn: Turn, services: BotServices): Promise<void> {
  await replyWith(turn, await listUnanswered(turn, services));
}
