import { asAppError } from '../../../services/observability/index.ts';
import type { ActionAnswer } from '../actions/action.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';

/**
 * A token that Dynamics 365 refuses although it was handed out as good (revoked, or a new rule for
 * signing in) is forgotten, and the person signs in anew. Once: a fresh one that is refused is an error.
 */
export async function asThemselves(
  asker: Asker,
  { signIn }: Pick<BotServices, 'signIn'>,
  work: () => Promise<ActionAnswer>,
): Promise<ActionAnswer> {
  try {
    return await work();
  } catch (thrown) {
    const { code } = asAppError(thrown);
    if (signIn === null || asker.hasJustSignedIn || code !== 'dynamics-person-refused') {
      throw thrown;
    }
    await signIn.forget({ personId: asker.person.id, account: asker.account });
    return { signIn: 'first' };
  }
}
