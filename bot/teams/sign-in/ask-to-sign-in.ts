import type { Activity, TurnContext } from 'botbuilder';
import type { SignInWish } from '../../../services/domain/sign-in-wish.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import { writtenText } from '../written-text.ts';
import { signInMessage } from './login-request.ts';
import type { Trouble } from './sign-in.ts';
import { keepWish } from './wishes.ts';

export interface SignInQuestion {
  readonly wanted: SignInWish['wanted'];
  readonly why: 'first' | 'again' | 'wanted' | Trouble;
}

/** Only what has not failed yet; a client in a shared conversation cannot sign its person in by itself. */
function maySignInSilently({ why }: SignInQuestion, { scope }: Asker): boolean {
  return scope === 'personal' && (why === 'first' || why === 'wanted');
}

/** A message with a button to sign in by; what they want is done when they have. */
export async function askToSignIn(
  context: TurnContext,
  asker: Asker,
  question: SignInQuestion,
  { signIn, store, clock }: Pick<BotServices, 'signIn' | 'store' | 'clock'>,
): Promise<void> {
  if (signIn === null) return;
  const { connectionName } = signIn;
  const invitation = await signIn.invitation(context.activity);
  const silently = maySignInSilently(question, asker);
  // Before the card: a client that signs in by itself is quick.
  await keepWish(asker, { wanted: question.wanted, withButton: !silently }, { store, clock });
  const ask = {
    connectionName,
    invitation,
    silently,
    text: asker.t(`sign-in.ask.${question.why}`),
  };
  await context.sendActivity(signInMessage(ask, asker.t));
}

/** What somebody wants by this message, or by this press. */
export function wantedBy(activity: Activity): SignInWish['wanted'] {
  const value: unknown = activity.value;
  const cardId = activity.replyToId ?? null;
  if (activity.type === 'invoke') {
    const { action } = (value ?? {}) as { readonly action?: { verb?: unknown; data?: unknown } };
    const mailboxMedic = { verb: action?.verb, data: action?.data };
    return { kind: 'pressed', value: { mailboxMedic }, cardId };
  }
  return value === undefined || value === null
    ? { kind: 'said', text: writtenText(activity) }
    : { kind: 'pressed', value, cardId };
}
