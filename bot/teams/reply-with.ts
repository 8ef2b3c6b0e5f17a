import type { ActionAnswer } from './actions/action.ts';
import type { Turn } from './turn.ts';

/** An action that was asked for in words is answered with a card of its own. */
export async function replyWith(turn: Turn, answer: ActionAnswer): Promise<void> {
  if ('signIn' in answer) await turn.askToSignIn(answer);
  else await turn.reply(answer.card, answer.shown);
}
