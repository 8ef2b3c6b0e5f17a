import PQueue from 'p-queue';
import { epochMsOf, SECOND_MS } from '../domain/time.ts';
import { asAppError } from '../observability/index.ts';
import type { Cancel, Scheduler } from '../scheduler/index.ts';
import { type Attempt, attemptDelivery, type DeliverOptions } from './deliver.ts';
import { type RecordAttemptOptions, recordAttempt } from './record-attempt.ts';

/** Looks by itself this often, should a kick have been lost with a crash. */
const SAFETY_NET_MS = 30 * SECOND_MS;
/** A store that could not write is asked again after this long. */
const STORE_WAIT_MS = 5 * SECOND_MS;
/** Deliveries under way at once: loops over hundreds of sends die when they are all started together. */
const CONCURRENCY = 8;

export interface DelivererOptions extends DeliverOptions, RecordAttemptOptions {
  readonly store: RecordAttemptOptions['store'];
  readonly scheduler: Scheduler;
}

export interface Deliverer {
  kick(): void;
  start(): void;
  stop(): Promise<void>;
}

/**
 * Takes due rows from the store, a few at a time. At least once: a card that the channel took and
 * the store never heard of, because the process died in between, is sent again after the restart.
 */
export function createDeliverer(options: DelivererOptions): Deliverer {
  const { store, scheduler, log, now } = options;
  const queue = new PQueue({ concurrency: CONCURRENCY });
  /** Rows waiting in the queue or under way: a row is never delivered twice at once. */
  const taken = new Set<string>();
  /** Rows that are due but whose conversation is full; in memory, since a wait is no news. */
  const heldUntil = new Map<string, number>();
  let alarm: { readonly atMs: number; readonly cancel: Cancel } | null = null;
  let running = false;
  let looking: Promise<void> | null = null;
  let lookAgain = false;

  function kick(): void {
    if (!running) return;
    if (looking !== null) {
      lookAgain = true;
      return;
    }
    looking = look().finally(() => {
      looking = null;
      if (!lookAgain) return;
      lookAgain = false;
      kick();
    });
  }

  function kickAt(atMs: number): void {
    if (atMs <= now()) {
      kick();
      return;
    }
    if (!running || (alarm !== null && alarm.atMs <= atMs)) return;
    alarm?.cancel();
    const cancel = scheduler.after(atMs - now(), () => {
      alarm = null;
      kick();
    });
    alarm = { atMs, cancel };
  }

  async function look(): Promise<void> {
    kickAt(now() + SAFETY_NET_MS);
    try {
      const due = [...(await store.find('outbox', { state: 'due' }))];
      // The oldest first: a busy outage must not starve what was there before it.
      due.sort((a, b) => a.createdAt.localeCompare(b.createdAt));
      for (const { id, dueAt } of due) {
        if (!running) return;
        const atMs = Math.max(epochMsOf(dueAt), heldUntil.get(id) ?? 0);
        if (taken.has(id)) continue;
        if (atMs > now()) {
          kickAt(atMs);
          continue;
        }
        heldUntil.delete(id);
        taken.add(id);
        void queue.add(() => deliver(id));
      }
    } catch (error) {
      log.error('outbox-unreadable', { reason: asAppError(error).code });
    }
  }

  async function deliver(id: string): Promise<void> {
    let attempt: Attempt;
    try {
      attempt = await attemptDelivery(id, options);
    } catch (error) {
      log.error('delivery-broke', { row: id, reason: asAppError(error).code });
      attempt = { kind: 'held', untilMs: now() + SAFETY_NET_MS };
    }
    switch (attempt.kind) {
      case 'over':
        taken.delete(id);
        return;
      case 'held':
        heldUntil.set(id, attempt.untilMs);
        taken.delete(id);
        kickAt(attempt.untilMs);
        return;
      default:
        if (attempt.kind === 'answered') heedSilence(attempt);
        await settle(id, attempt);
    }
  }

  /** What waits for one row of a conversation holds for all of them. */
  function heedSilence({ answer, target }: Extract<Attempt, { kind: 'answered' }>): void {
    if (answer.kind !== 'retry' || !(answer.afterMs > 0)) return;
    options.rateLimit.pause(target.link.id, now() + answer.afterMs);
  }

  async function settle(id: string, attempt: Parameters<typeof recordAttempt>[0]): Promise<void> {
    try {
      const dueMs = await recordAttempt(attempt, options);
      taken.delete(id);
      if (dueMs !== null) kickAt(dueMs);
      // A new copy's update may have been written along.
      else if (attempt.kind === 'answered' && attempt.row.work.kind === 'send') kick();
    } catch (error) {
      // What the channel has answered is kept: to ask again would send the card twice.
      log.error('delivery-not-recorded', { row: id, reason: asAppError(error).code });
      if (!running) return;
      scheduler.after(STORE_WAIT_MS, () => settle(id, attempt));
    }
  }

  return {
    kick,
    start() {
      running = true;
      kick();
    },
    async stop() {
      running = false;
      lookAgain = false;
      alarm?.cancel();
      alarm = null;
      queue.clear();
      await looking;
      await queue.onIdle();
      taken.clear();
      heldUntil.clear();
    },
  };
}
