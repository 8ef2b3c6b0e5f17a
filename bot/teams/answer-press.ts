import type { InvokeResponse, TurnContext } from 'botbuilder';
import type { BotServices } from './bot-services.ts';
import { type ClickFollowUp, click } from './click.ts';
import { cardAnswer, messageAnswer } from './invoke-answer.ts';
import { readInvokeValue } from './invoke-value.ts';
import { loginRequest, notSignedIn } from './sign-in/login-request.ts';
import { broughtByPress } from './sign-in/what-was-brought.ts';
import type { Asker } from './turn.ts';

/**
 * A pressed Action.Execute button. Where its person has to sign in first the client is asked to, and
 * presses it again with what it got; the button's own key makes that one wish.
 */
export async function answerPress(
  { activity }: Pick<TurnContext, 'activity'>,
  asker: Asker,
  followUp: ClickFollowUp,
  services: BotServices,
): Promise<InvokeResponse> {
  const { signIn } = services;
  const value: unknown = activity.value;
  const brought = signIn === null ? null : broughtByPress(value, signIn.connectionName);
  if (signIn !== null && brought !== null) {
    const whoever = { personId: asker.person.id, account: asker.account };
    const signedIn = await signIn.complete(whoever, brought);
    if (signedIn !== 'signed-in') return notSignedIn(signedIn, asker.t);
  }
  const presser = { ...asker, hasJustSignedIn: brought !== null };
  const cardId = activity.replyToId ?? null;
  const clicked = await click(presser, readInvokeValue(value), cardId, followUp, services);
  switch (clicked.kind) {
    case 'answered':
      return cardAnswer(clicked.answer.card);
    case 'still-working':
      return messageAnswer(asker.t('bot.still-working'));
    case 'sign-in': {
      if (signIn === null) return messageAnswer(asker.t('sign-in.not-needed'));
      const { connectionName } = signIn;
      const invitation = await signIn.invitation(activity);
      const { signIn: why } = clicked.wanted;
      const text = asker.t(`sign-in.ask.${why}`);
      return loginRequest({ connectionName, invitation, text, silently: why === 'first' }, asker.t);
    }
  }
}
