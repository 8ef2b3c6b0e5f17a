import { createHash, timingSafeEqual } from 'node:crypto';
import type { EmailServerProfile } from '../../domain/profile.ts';
import { instantOf } from '../../domain/time.ts';
import { asAppError, errorCatalogue, type Log, type Secret } from '../../observability/index.ts';
import type { Clock } from '../../scheduler/index.ts';
import type { Store } from '../../store/index.ts';
import { mailboxById, type SyncEngine } from '../sync-engine.ts';
import { createListenerLease } from './listener-lease.ts';
import { createRunningTests } from './running-tests.ts';
import type { SeenAction } from './seen-action.ts';
import { invoke } from './server-operations.ts';
import type { ToldAlerts } from './told-alerts.ts';
import { createUndeliveredEvents, type UndeliveredEvents } from './undelivered-events.ts';
import {
  END_TEST,
  endTestQuestion,
  LISTEN,
  listenQuestion,
  TELL_ALERTS,
  type TellingEvent,
  tellAlertsQuestion,
} from './wire-messages.ts';

/** More would hold many mailboxes in one answer; the next question follows at once. */
const EVENTS_AT_ONCE = 100;

/** "Locked": another bot is served. */
const TAKEN = 423;

export interface EngineAnswer {
  readonly status: number;
  readonly body?: unknown;
}

/** An engine as a service for one remote bot; whoever hosts it brings HTTP. */
export interface EngineService {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** To be asked before the body is read. */
  authorised(authorization: string | undefined): boolean;
  /** Of an authorised caller; `gone` is raised when they hang up. */
  answer(name: string, body: unknown, gone: AbortSignal): Promise<EngineAnswer>;
  /** For GET /metrics. */
  counts(): Readonly<Record<string, number>>;
}

export interface EngineServiceOptions {
  readonly engine: SyncEngine;
  readonly store: Store;
  readonly clock: Clock;
  readonly key: Secret;
  readonly log: Log;
  readonly alerts: Pick<ToldAlerts, 'load' | 'tell'>;
}

export function createEngineService(options: EngineServiceOptions): EngineService {
  const { engine, store, clock, key, log, alerts } = options;
  const events = createUndeliveredEvents({ store, clock });
  const tests = createRunningTests();
  const lease = createListenerLease({ store, clock, log });
  const stopping = new AbortController();
  /** The bot that asks anew has lost the connection on which it asked before. */
  let listening = new AbortController();

  async function listen(body: unknown, gone: AbortSignal): Promise<EngineAnswer> {
    const question = listenQuestion.safeParse(body);
    if (!question.success) return { status: 400 };
    const { listener, heard, waitMs } = question.data;
    if (!(await lease.take(listener))) return { status: TAKEN };
    listening.abort();
    listening = new AbortController();
    const superseded = listening.signal;
    if (heard !== null) await events.confirm(heard);
    const waited = AbortSignal.timeout(waitMs);
    await events.some(AbortSignal.any([gone, superseded, stopping.signal, waited]));
    if (superseded.aborted || gone.aborted) return { status: 409 };
    return { status: 200, body: { events: await tellingEvents(engine, events) } };
  }

  async function answer(name: string, body: unknown, gone: AbortSignal): Promise<EngineAnswer> {
    if (name === LISTEN) return listen(body, gone);
    if (name === END_TEST) {
      const question = endTestQuestion.safeParse(body);
      if (!question.success) return { status: 400 };
      tests.end(question.data);
      return { status: 200, body: {} };
    }
    if (name === TELL_ALERTS) return hearAlerts(body);
    const invoked = await invoke(engine, name, body, tests);
    switch (invoked.kind) {
      case 'answered':
        if (invoked.action !== null) await keepAction(name, invoked.action);
        return { status: 200, body: { result: invoked.result, newestEvent: events.newest() } };
      case 'no-such-operation':
        return { status: 404 };
      case 'misunderstood':
        return { status: 400 };
    }
  }

  async function hearAlerts(body: unknown): Promise<EngineAnswer> {
    const question = tellAlertsQuestion.safeParse(body);
    if (!question.success) return { status: 400 };
    if (!(await lease.take(question.data.listener))) return { status: TAKEN };
    await alerts.tell(question.data.alerts);
    log.info('alerts-told', { alerts: question.data.alerts.length });
    return { status: 200, body: {} };
  }

  /** Who did what stands here, too: whoever has the key could act without the bot's audit. */
  async function keepAction(name: string, action: SeenAction): Promise<void> {
    const { actor, subject, answered, refused } = action;
    log.info('engine-action', { operation: name, actor, subject, answered });
    const at = instantOf(clock.now());
    const outcome = refused ? 'denied' : 'done';
    const detail = `${name}: ${answered}`;
    await store.transact((transaction) =>
      transaction.audit({ at, actor, action: 'engine-action', subject, outcome, detail }),
    );
  }

  return {
    async start() {
      await events.load();
      await lease.load();
      await alerts.load();
      await engine.start(events.sink);
    },
    async stop() {
      stopping.abort();
      await engine.stop();
    },
    counts() {
      const { waiting, superseded } = events.counts();
      const silentMs = lease.silentMs();
      return {
        events_waiting: waiting,
        events_superseded: superseded,
        ...(silentMs !== null && { bot_silent_seconds: Math.floor(silentMs / 1_000) }),
      };
    },
    authorised: (authorization) =>
      timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${key.reveal()}`)),
    async answer(name, body, gone) {
      try {
        return await answer(name, body, gone);
      } catch (thrown) {
        const { code } = asAppError(thrown);
        log.error('engine-question-failed', { question: name, reason: code });
        return { status: errorCatalogue[code].kind === 'unreachable' ? 503 : 500 };
      }
    },
  };
}

/** Equally long whatever was sent, so that the comparison tells nothing, not even a length. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

async function tellingEvents(
  engine: SyncEngine,
  events: UndeliveredEvents,
): Promise<readonly TellingEvent[]> {
  return Promise.all(
    events.oldest(EVENTS_AT_ONCE).map(async ({ stream, number, event, superseded = 0 }) => {
      const mailbox = (await mailboxById(engine, event.mailboxId)) ?? null;
      const profileId = mailbox?.profileId ?? null;
      const profile: EmailServerProfile | null =
        profileId === null ? null : ((await engine.profile(profileId)) ?? null);
      const organization =
        mailbox === null ? null : ((await engine.organization(mailbox.organizationId)) ?? null);
      return { stream, number, event, mailbox, profile, organization, superseded };
    }),
  );
}
