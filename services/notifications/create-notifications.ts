import PQueue from 'p-queue';
import type { Directory } from '../directory/index.ts';
import type { OutboxRow } from '../domain/outbox.ts';
import { epochMsOf, instantOf, SECOND_MS } from '../domain/time.ts';
import { asAppError, type Log } from '../observability/index.ts';
import type { Cancel, Scheduler } from '../scheduler/index.ts';
import type { Store } from '../store/index.ts';
import type { SyncEngine } from '../sync-engine/index.ts';
import { deliverRow } from './deliver.ts';
import type { Messenger } from './messenger.ts';
import type { Notifications } from './notifications.ts';
import { enqueueUpdates } from './outbox.ts';
import { createTeamsRateLimit, type RateLimit } from './rate-limit.ts';
import { createEventSink } from './record-event.ts';

/** Looks by itself this often, should a kick have been lost with a crash. */
const SAFETY_NET_MS = 30 * SECOND_MS;
/** Deliveries under way at once; Teams allows 50 requests a second per app and tenant. */
const CONCURRENCY = 8;

export interface NotificationsOptions {
  readonly store: Store;
  readonly engine: Pick<SyncEngine, 'findMailboxes' | 'profile'>;
  readonly directory: Directory;
  readonly messenger: Messenger;
  readonly scheduler: Scheduler;
  readonly log: Log;
  readonly rateLimit?: RateLimit;
}

export function createNotifications(options: NotificationsOptions): Notifications {
  const { store, engine, directory, messenger, scheduler, log } = options;
  const rateLimit = options.rateLimit ?? createTeamsRateLimit();
  const now = (): number => scheduler.now();
  const queue = new PQueue({ concurrency: CONCURRENCY });
  /** Rows under way: a row is never delivered twice at once. */
  const underWay = new Set<string>();
  let cancelTimer: Cancel = () => undefined;
  let running = false;
  let looking = false;
  let lookAgain = false;

  function kick(): void {
    if (!running) return;
    if (looking) {
      lookAgain = true;
      return;
    }
    looking = true;
    void look().finally(() => {
      looking = false;
      if (!lookAgain) return;
      lookAgain = false;
      kick();
    });
  }

  async function look(): Promise<void> {
    cancelTimer();
    let nextLookMs = SAFETY_NET_MS;
    try {
      for (const row of await store.find('outbox', { state: 'due' })) {
        const waitMs = epochMsOf(row.dueAt) - now();
        if (waitMs > 0) nextLookMs = Math.min(nextLookMs, waitMs);
        else if (!underWay.has(row.id)) startDelivery(row);
      }
    } catch (error) {
      log.error('outbox-unreadable', { reason: asAppError(error).code });
    }
    if (running) cancelTimer = scheduler.after(nextLookMs, kick);
  }

  function startDelivery(row: OutboxRow): void {
    underWay.add(row.id);
    const done = (): void => {
      underWay.delete(row.id);
      kick();
    };
    void queue
      .add(() => deliverRow(row, { store, messenger, rateLimit, log, now }))
      .then(done, (error: unknown) => {
        log.error('delivery-broke', { row: row.id, reason: asAppError(error).code });
        // The row is still due: at once would be a busy loop while the store is broken.
        scheduler.after(SAFETY_NET_MS, done);
      });
  }

  return {
    sink: createEventSink({ engine, directory, now, kick }),
    async enqueueCopyUpdates(transaction, mailboxIds) {
      for (const id of mailboxIds) await enqueueUpdates(transaction, `mailbox:${id}`, now());
      transaction.afterCommit(kick);
    },
    rememberCopy: (transaction, copy) => transaction.put('cardCopies', copy),
    async conversationOpened(transaction, userId) {
      for (const row of await transaction.find('outbox', { state: 'no-conversation' })) {
        if (row.work.kind !== 'send' || row.work.recipientId !== userId) continue;
        await transaction.put('outbox', { ...row, state: 'due', dueAt: instantOf(now()) });
      }
      transaction.afterCommit(kick);
    },
    kick,
    start() {
      running = true;
      kick();
    },
    async stop() {
      running = false;
      cancelTimer();
      await queue.onIdle();
    },
  };
}
