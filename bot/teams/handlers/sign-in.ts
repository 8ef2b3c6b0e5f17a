import type { BotServices } from '../bot-services.ts';
import type { Turn } from '../turn.ts';

/** Ahead of any wish: whoever sets the bot up sees by this that signing in works. */
export async function signIn(turn: Turn, { signIn: way }: BotServices): Promise<void> {
  if (way === null) return turn.say('sign-in.not-needed');
  const { token } = await way.actor({ personId: turn.person.id, account: turn.account });
  if (token === undefined) await turn.askToSignIn('to-be-signed-in');
  else await turn.say('sign-in.done');
}

export async function signOut(turn: Turn, { signIn: way }: BotServices): Promise<void> {
  if (way === null) return turn.say('sign-in.not-needed');
  await way.forget({ personId: turn.person.id, account: turn.account });
  await turn.say('sign-in.signed-out');
}
