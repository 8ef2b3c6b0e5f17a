import type { TurnContext } from 'botbuilder';
import type { SignInWish } from '../../../services/domain/sign-in-wish.ts';
import { createAfterFlush } from '../after-flush.ts';
import { answerSubmitted } from '../answer-submitted.ts';
import type { BotServices } from '../bot-services.ts';
import type { ClickFollowUp } from '../click.ts';
import { withinBoundary } from '../error-boundary.ts';
import { routeMessage } from '../route-message.ts';
import { askerOf, turnOf, type Visitor } from '../sdk-turn.ts';
import { sendCard } from '../send-card.ts';
import type { Turn } from '../turn.ts';
import { askToSignIn } from './ask-to-sign-in.ts';

/** Does what somebody wanted before they signed in, as if they had just said it or pressed it. */
export async function fulfilWish(
  context: TurnContext,
  visitor: Visitor,
  { wanted, idempotencyKey }: SignInWish,
  { sendLater }: Pick<ClickFollowUp, 'sendLater'>,
  services: BotServices,
): Promise<void> {
  const afterFlush = createAfterFlush();
  const asWished = { idempotencyKey, hasJustSignedIn: true } as const;
  const asker = { ...askerOf(context, visitor, services), ...asWished };
  const turn: Turn = {
    ...turnOf(context, visitor, services),
    ...asWished,
    text: wanted.kind === 'said' ? wanted.text : '',
    files: [],
    sentPicture: false,
    askToSignIn: (answer) => {
      const why = answer === 'to-be-signed-in' ? 'wanted' : answer.signIn;
      return askToSignIn(context, asker, { wanted, why }, services);
    },
  };
  const work = async (meet: (visitor: Visitor) => void): Promise<void> => {
    meet(visitor);
    switch (wanted.kind) {
      case 'said':
        return routeMessage(turn, services);
      case 'pressed': {
        const followUp = { afterFlush, sendLater, askToSignIn: turn.askToSignIn.bind(turn) };
        return answerSubmitted(context, { asker, turn }, wanted, followUp, services);
      }
      case 'nothing':
        return turn.say('sign-in.done');
    }
  };
  await withinBoundary(context.activity, visitor.traceId, services, work, async (card) => {
    await sendCard(context, card);
  });
  await afterFlush.run();
}
