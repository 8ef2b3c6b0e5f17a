import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { alertDefinitions } from '../../domain/alert-article.ts';
import type { Article } from '../../domain/article.ts';
import { PROFILES_CHANGED } from '../../domain/sync-event.ts';
import { AppError, asAppError, type Log } from '../../observability/index.ts';
import type { Store } from '../../store/index.ts';
import type { SyncEventSink } from '../sync-engine.ts';
import type { EngineConnection, RemoteTiming } from './engine-connection.ts';
import { listenerIdentity } from './listener-identity.ts';
import {
  type EventPlace,
  LISTEN,
  listenAnswer,
  TELL_ALERTS,
  type TellingEvent,
} from './wire-messages.ts';

/** The network's share of the patience with an engine that was asked to wait. */
const MORE_PATIENCE_MS = 10_000;

/** Hears the events of an engine elsewhere, each once, whatever is restarted meanwhile. */
export interface EventHearing {
  start(sink: SyncEventSink): void;
  stop(): Promise<void>;
  /** Waits until the event at that place has been heard, though not for ever. */
  heard(place: EventPlace): Promise<void>;
  /** While a sink is at work: what the engine has said about whom its event is about. */
  beingTold(): TellingEvent | undefined;
}

export interface EventHearingOptions {
  readonly connection: EngineConnection;
  readonly store: Store;
  readonly timing: RemoteTiming;
  readonly log: Log;
  /** Edited in Teams; the same list until it changes. */
  readonly articles: () => readonly Article[];
}

export function createEventHearing({
  connection,
  store,
  timing,
  log,
  articles,
}: EventHearingOptions): EventHearing {
  const stopping = new AbortController();
  const telling = new AsyncLocalStorage<TellingEvent>();
  const waiting = new Set<() => void>();
  let hearing: Promise<void> | null = null;
  const hasStopped = (): boolean => stopping.signal.aborted;
  /** The last one that is on disk here; null until this process has heard one. */
  let last: EventPlace | null = null;
  /** The articles that the engine raises alerts by; null when it may not know the latest. */
  let told: readonly Article[] | null = null;

  const reached = ({ stream, number }: EventPlace): boolean =>
    last !== null && last.stream === stream && last.number >= number;

  /** The event, what it means for people and that it was heard are one transaction. */
  async function take(told: TellingEvent, sink: SyncEventSink): Promise<void> {
    const { stream, number, event } = told;
    await store.transact(async (transaction) => {
      const before = await transaction.get('heardEvents', event.mailboxId);
      if (before?.stream === stream && before.number >= number) return;
      await telling.run(told, () => sink(event, transaction));
      const heard = { stream, number, eventId: event.id };
      await transaction.put('heardEvents', { id: event.mailboxId, ...heard });
      if (event.kind === 'profile-changed') {
        await transaction.put('heardEvents', { id: PROFILES_CHANGED, ...heard });
      }
    });
    last = { stream, number };
    for (const look of [...waiting]) look();
  }

  /** At the start, after each trouble, and within one question's time when an expert has published. */
  async function tellAlerts(listener: string): Promise<void> {
    const latest = articles();
    if (told === latest) return;
    const body = { listener, alerts: alertDefinitions(latest) };
    await connection.askOnce(TELL_ALERTS, body, timing.answerWithinMs, stopping.signal);
    told = latest;
  }

  async function listenOnce(listener: string, sink: SyncEventSink): Promise<void> {
    await tellAlerts(listener);
    const answer = await connection.askOnce(
      LISTEN,
      { listener, heard: last, waitMs: timing.listenMs },
      timing.listenMs + MORE_PATIENCE_MS,
      stopping.signal,
    );
    const parsed = listenAnswer.safeParse(answer);
    if (!parsed.success) {
      throw new AppError(
        'engine-version',
        'events that cannot be read: bring the bot and the engine to the same release',
      );
    }
    const { events } = parsed.data;
    const left = events.reduce((sum, { superseded }) => sum + superseded, 0);
    // Nothing that people must hear: domain/superseded-events.ts.
    if (left > 0) log.warn('events-left-out', { told: events.length, superseded: left });
    for (const each of events) {
      if (hasStopped()) return;
      await take(each, sink);
    }
  }

  async function listen(sink: SyncEventSink): Promise<void> {
    let failures = 0;
    while (!hasStopped()) {
      try {
        await listenOnce(await listenerIdentity(store), sink);
        if (failures > 0) log.info('engine-heard-again');
        failures = 0;
      } catch (thrown) {
        if (hasStopped()) return;
        told = null;
        const { code, detail } = asAppError(thrown);
        // The first and every tenth: an engine may be away for a night.
        if (failures % 10 === 0) log.error('engine-not-heard', { code, reason: detail, failures });
        const wait = Math.min(
          timing.listenAgainMs * 2 ** Math.min(failures, 16),
          timing.listenAgainAtMostMs,
        );
        failures += 1;
        await pause(wait, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  }

  return {
    start(sink) {
      hearing ??= listen(sink);
    },
    async stop() {
      stopping.abort();
      for (const look of [...waiting]) look();
      await hearing;
    },
    async heard(place) {
      if (hearing === null || hasStopped()) return;
      if (reached(place)) return;
      await new Promise<void>((resolve) => {
        const end = (): void => {
          clearTimeout(patience);
          waiting.delete(look);
          resolve();
        };
        const look = (): void => {
          if (hasStopped() || reached(place)) end();
        };
        const patience = setTimeout(end, timing.eventsWithinMs);
        waiting.add(look);
      });
    },
    beingTold: () => telling.getStore(),
  };
}
