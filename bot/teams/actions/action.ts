import { type AdaptiveCard, outdatedCard } from '../../../cards/index.ts';
import type { CardReference } from '../../../services/domain/card-reference.ts';
import type { MailboxId } from '../../../services/domain/ids.ts';
import { AppError } from '../../../services/observability/index.ts';
import type { ActionContext } from '../../../services/sync-engine/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Shown } from '../shown.ts';
import type { Asker } from '../turn.ts';

/** What a pressed button, or the same wish in words, is answered with. */
export interface ActionAnswer {
  readonly card: AdaptiveCard;
  /** What the card shows from now on; null where it shows nothing that changes. */
  readonly shown: Shown | null;
  /** Mailboxes whose other cards must follow. */
  readonly changed: readonly MailboxId[];
}

/**
 * As whom, and under which key, the engine is asked to act; it stops when the bot does. A promise,
 * because whether the person has signed in is asked elsewhere.
 */
export function actionContext(asker: Asker, { stopping }: BotServices): Promise<ActionContext> {
  return Promise.resolve({
    actor: { userId: asker.person.id },
    idempotencyKey: asker.idempotencyKey,
    signal: stopping,
  });
}

/** The system of record wants the person's own token, and they have not signed in. */
export function signInAnswer(): ActionAnswer {
  throw new AppError('sign-in-not-set-up', 'the system of record wants the token of the person');
}

/** An answer that changed nothing, and that nothing will change. */
export function plainAnswer(card: AdaptiveCard): ActionAnswer {
  return { card, shown: null, changed: [] };
}

/** What the reference shows; when it shows nothing to this person (any more), the card is outdated. */
export async function answerShowing(
  reference: CardReference,
  asker: Asker,
  { presenter, notifications }: BotServices,
  changed: readonly MailboxId[] = [],
): Promise<ActionAnswer> {
  const drawnFrom = await notifications.drawnFrom(reference);
  const card = await presenter.present(reference, asker.viewer, asker.t);
  return card === null ? outdatedAnswer(asker) : { card, shown: { reference, drawnFrom }, changed };
}

export function outdatedAnswer(asker: Asker, mailboxId: string | null = null): ActionAnswer {
  return plainAnswer(outdatedCard({ mailboxId }, asker.t));
}
