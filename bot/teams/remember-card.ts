import { type CardReference, subjectOf } from '../../services/domain/card-reference.ts';
import { asAppError } from '../../services/observability/index.ts';
import type { BotServices } from './bot-services.ts';
import type { Asker } from './turn.ts';

/** From now on this message shows `reference`, and follows what happens to it. */
export async function rememberCard(
  asker: Asker,
  activityId: string,
  reference: CardReference,
  { store, notifications, log }: Pick<BotServices, 'store' | 'notifications' | 'log'>,
): Promise<void> {
  const subject = subjectOf(reference);
  if (subject === null) return;
  try {
    await store.transact((transaction) =>
      notifications.rememberCopy(transaction, {
        id: `${asker.conversationId}:${activityId}`,
        conversationId: asker.conversationId,
        activityId,
        viewerId: asker.scope === 'personal' ? asker.person.id : null,
        reference,
        subject,
      }),
    );
  } catch (error) {
    // The answer stands already: that it will not be updated is no reason to call it failed.
    log.error('card-not-remembered', { traceId: asker.traceId, reason: asAppError(error).code });
  }
}
