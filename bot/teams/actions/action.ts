import { type AdaptiveCard, outdatedCard, signInMissingCard } from '../../../cards/index.ts';
import type { CardReference } from '../../../services/domain/card-reference.ts';
import type { MailboxId } from '../../../services/domain/ids.ts';
import type { ActionContext } from '../../../services/sync-engine/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Shown } from '../shown.ts';
import type { Asker } from '../turn.ts';

const OAUTH_SETTING = 'OAUTH_CONNECTION_NAME';

/** What a pressed button, or the same wish in words, is answered with. */
export type ActionAnswer = CardAnswer | SignInWanted;

export interface CardAnswer {
  readonly card: AdaptiveCard;
  /** What the card shows from now on; null where it shows nothing that changes. */
  readonly shown: Shown | null;
  /** Mailboxes whose other cards must follow. */
  readonly changed: readonly MailboxId[];
  /** In a shared conversation the card in place is everybody's from now on, whatever else changed. */
  readonly everybody?: true;
}

/** Nothing was done: the person has to sign in first, and then wishes the same again. */
export interface SignInWanted {
  /** `again`: they have just signed in, and it did not help; nobody signs them in by itself now. */
  readonly signIn: 'first' | 'again';
}

/** As whom, and under which key, the engine is asked to act; it stops when the bot does. */
export async function actionContext(
  asker: Asker,
  { stopping, signIn }: BotServices,
): Promise<ActionContext> {
  const { person, account, idempotencyKey } = asker;
  const actor =
    signIn === null ? { userId: person.id } : await signIn.actor({ personId: person.id, account });
  return { actor, idempotencyKey, signal: stopping };
}

/** The system of record wants the person's own token, and they have not signed in. */
export function signInAnswer(asker: Asker, { signIn }: BotServices): ActionAnswer {
  if (signIn !== null) return { signIn: asker.hasJustSignedIn ? 'again' : 'first' };
  const setting = asker.person.roles.includes('system-administrator') ? OAUTH_SETTING : null;
  return plainAnswer(signInMissingCard({ setting }, asker.t));
}

/** An answer that changed nothing, and that nothing will change. */
export function plainAnswer(card: AdaptiveCard): CardAnswer {
  return { card, shown: null, changed: [] };
}

/** What the reference shows; when it shows nothing to this person (any more), the card is outdated. */
export async function answerShowing(
  reference: CardReference,
  asker: Asker,
  { presenter, notifications }: BotServices,
  changed: readonly MailboxId[] = [],
): Promise<CardAnswer> {
  const drawnFrom = await notifications.drawnFrom(reference);
  const card = await presenter.present(reference, asker.viewer, asker.t);
  return card === null ? outdatedAnswer(asker) : { card, shown: { reference, drawnFrom }, changed };
}

export function outdatedAnswer(asker: Asker, mailboxId: string | null = null): CardAnswer {
  return plainAnswer(outdatedCard({ mailboxId }, asker.t));
}
