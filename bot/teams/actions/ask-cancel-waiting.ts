import { waitingCancelCard } from '../../../cards/index.ts';
import { instantOf } from '../../../services/domain/time.ts';
import { mailboxView } from '../../present/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import { type ActionAnswer, answerShowing, plainAnswer } from './action.ts';
import { deciderOfWaiting } from './may-decide-waiting.ts';
import { startOf } from './start-of-day.ts';

/** Says how many messages would be cancelled, and asks again. */
export async function askCancelWaiting(
  asker: Asker,
  { mailboxId, day }: { readonly mailboxId: string; readonly day: string },
  services: BotServices,
): Promise<ActionAnswer> {
  const decider = await deciderOfWaiting(asker, mailboxId, 'cancel-messages', services);
  if (!decider.may) return decider.answer;
  const { context } = decider;
  const { id } = context.mailbox;
  if (day === '') {
    return answerShowing({ card: 'waiting', mailboxId: id, decided: null }, asker, services);
  }
  // All of them are those of this moment: what is handed in while the person reads is not meant.
  const before = startOf(day) ?? instantOf(services.clock.now() + 1);
  const pending = await services.engine.pendingMessages(id);
  const count = pending.filter(
    ({ message }) => message.state !== 'sending' && message.submittedAt < before,
  ).length;
  if (count === 0) {
    const decided = { change: 'cancelled', count } as const;
    return answerShowing({ card: 'waiting', mailboxId: id, decided }, asker, services);
  }
  const mailbox = await mailboxView(services, context, asker.viewer, asker.t);
  const view = { mailbox, day: day === 'all' ? null : day, before, count };
  return plainAnswer(waitingCancelCard(view, asker.t));
}
