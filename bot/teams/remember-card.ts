import { subjectOf } from '../../services/domain/card-reference.ts';
import { instantOf, MINUTE_MS } from '../../services/domain/time.ts';
import { asAppError } from '../../services/observability/index.ts';
import type { BotServices } from './bot-services.ts';
import type { Shown } from './shown.ts';
import type { Asker } from './turn.ts';

/** How long somebody may fill in a form; an abandoned one gives way to the live card. */
const FORM_HOLDS_MS = 15 * MINUTE_MS;

/** A form or a question stands in the card's place: what happens meanwhile must not take it away. */
export async function holdCard(
  asker: Asker,
  activityId: string,
  { store, clock }: Pick<BotServices, 'store' | 'clock'>,
): Promise<void> {
  const id = copyId(asker, activityId);
  if ((await store.get('cardCopies', id)) === undefined) return;
  await store.transact(async (transaction) => {
    const copy = await transaction.get('cardCopies', id);
    if (copy === undefined) return;
    const heldUntil = instantOf(clock.now() + FORM_HOLDS_MS);
    await transaction.put('cardCopies', { ...copy, heldUntil });
  });
}

function copyId({ conversationId }: Asker, activityId: string): string {
  return `${conversationId}:${activityId}`;
}

/** From now on this message shows `reference`, and follows what happens to it, or has since it was drawn. */
export async function rememberCard(
  asker: Asker,
  activityId: string,
  { reference, drawnFrom }: Shown,
  { store, notifications, log }: Pick<BotServices, 'store' | 'notifications' | 'log'>,
): Promise<void> {
  const subject = subjectOf(reference);
  if (subject === null) return;
  try {
    await store.transact((transaction) =>
      notifications.rememberCopy(
        transaction,
        {
          id: copyId(asker, activityId),
          conversationId: asker.conversationId,
          activityId,
          viewerId: asker.scope === 'personal' ? asker.person.id : null,
          reference,
          subject,
        },
        drawnFrom,
      ),
    );
  } catch (error) {
    // The answer stands already: that it will not be updated is no reason to call it failed.
    log.error('card-not-remembered', { traceId: asker.traceId, reason: asAppError(error).code });
  }
}
