import type { TurnContext } from 'botbuilder';
import { parseSubmit } from '../../cards/index.ts';
import type { BotServices } from './bot-services.ts';
import { type ClickFollowUp, click } from './click.ts';
import { replaceCard } from './send-card.ts';
import type { Asker, Turn } from './turn.ts';

/** What an Action.Submit sent, and the message that it stands on. */
export interface Submitted {
  readonly value: unknown;
  readonly cardId: string | null;
}

/** Action.Submit of a client without Action.Execute: the same button, answered in its place. */
export async function answerSubmitted(
  context: TurnContext,
  { asker, turn }: { readonly asker: Asker; readonly turn: Turn },
  { value, cardId }: Submitted,
  followUp: ClickFollowUp,
  services: BotServices,
): Promise<void> {
  const clicked = await click(asker, parseSubmit(value), cardId, followUp, services);
  if (clicked.kind === 'still-working') {
    await context.sendActivity(asker.t('bot.still-working'));
    return;
  }
  if (clicked.kind === 'sign-in') return turn.askToSignIn(clicked.wanted);
  const { card, shown } = clicked.answer;
  if (cardId !== null && asker.scope === 'personal') await replaceCard(context, cardId, card);
  else await turn.reply(card, shown);
}
