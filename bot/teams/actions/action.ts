import { type AdaptiveCard, outdatedCard } from '../../../cards/index.ts';
import type { CardReference } from '../../../services/domain/card-reference.ts';
import type { MailboxId } from '../../../services/domain/ids.ts';
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

/** As whom, and under which key, the engine is asked to act; it stops when the bot does. */
export function actionContext(asker: Asker, { stopping }: BotServices): ActionContext {
  return {
    actor: { userId: asker.person.id },
    idempotencyKey: asker.idempotencyKey,
    signal: stopping,
  };
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
