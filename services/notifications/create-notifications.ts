import type { Directory } from '../directory/index.ts';
import { subjectOf } from '../domain/card-reference.ts';
import type { ProfileId } from '../domain/ids.ts';
import { asAppError, type Log } from '../observability/index.ts';
import type { Scheduler } from '../scheduler/index.ts';
import type { Store } from '../store/index.ts';
import type { SyncEngine } from '../sync-engine/index.ts';
import { createDeliverer } from './deliverer.ts';
import { drawnFrom } from './drawn-from.ts';
import type { Messenger } from './messenger.ts';
import type { Notifications } from './notifications.ts';
import { conversationOpened } from './open-conversation.ts';
import { enqueueUpdate, enqueueUpdates } from './outbox.ts';
import { createTeamsRateLimit, type RateLimit } from './rate-limit.ts';
import { createEventSink } from './record-event.ts';
import { rememberCopy } from './remember-copy.ts';

export interface NotificationsOptions {
  readonly store: Store;
  readonly engine: Pick<SyncEngine, 'findMailboxes' | 'profile' | 'organization'>;
  readonly directory: Directory;
  readonly messenger: Messenger;
  readonly scheduler: Scheduler;
  readonly log: Log;
  readonly rateLimit?: RateLimit;
  /** From 0 to 1: spreads retries. */
  readonly random?: () => number;
}

export function createNotifications(options: NotificationsOptions): Notifications {
  const { store, engine, directory, messenger, scheduler, log } = options;
  const now = (): number => scheduler.now();
  const deliverer = createDeliverer({
    store,
    messenger,
    scheduler,
    log,
    now,
    rateLimit: options.rateLimit ?? createTeamsRateLimit(scheduler),
    random: options.random ?? Math.random,
  });
  const kick = (): void => {
    deliverer.kick();
  };
  /** A crash in between leaves cards as they are until something else redraws them. */
  function redrawMailboxes(profileId: ProfileId): void {
    const redraw = async (): Promise<void> => {
      const hits = await engine.findMailboxes({ by: 'profile', profileId });
      await store.transact(async (transaction) => {
        for (const { mailbox } of hits) {
          await enqueueUpdates(transaction, { subject: `mailbox:${mailbox.id}` }, now());
        }
      });
      kick();
    };
    redraw().catch((thrown: unknown) => {
      log.error('cards-not-redrawn', { profileId, reason: asAppError(thrown).code });
    });
  }
  return {
    sink: createEventSink({ engine, directory, log, now, kick, redrawMailboxes }),
    async enqueueCopyUpdates(transaction, mailboxIds) {
      for (const id of mailboxIds) {
        await enqueueUpdates(transaction, { subject: `mailbox:${id}` }, now());
      }
      transaction.afterCommit(kick);
    },
    async enqueueGuideUpdates(transaction, { id, mailboxId }) {
      const subject = `${subjectOf({ card: 'guide', guideId: id, mailboxId })}`;
      // The mailbox's other cards show nothing of it.
      for (const copy of await transaction.find('cardCopies', { subject })) {
        const { reference } = copy;
        if (reference.card !== 'guide' || reference.guideId !== id) continue;
        await enqueueUpdate(transaction, copy, now());
      }
      transaction.afterCommit(kick);
    },
    drawnFrom: (reference) => drawnFrom(reference, store),
    async rememberCopy(transaction, copy, before) {
      await rememberCopy(transaction, copy, before, now());
      transaction.afterCommit(kick);
    },
    async conversationOpened(transaction, userId) {
      await conversationOpened(transaction, userId, now());
      transaction.afterCommit(kick);
    },
    kick,
    start: () => {
      deliverer.start();
    },
    stop: () => deliverer.stop(),
  };
}
