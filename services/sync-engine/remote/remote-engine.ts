import type { Article } from '../../domain/article.ts';
import type { MailboxId } from '../../domain/ids.ts';
import { AppError, asAppError, type Log, type Secret } from '../../observability/index.ts';
import type { Store } from '../../store/index.ts';
import type { ActionContext, MailboxQuery, SyncEngine } from '../sync-engine.ts';
import { createEngineConnection, type RemoteTiming, USUAL_TIMING } from './engine-connection.ts';
import { createEventHearing } from './hear-events.ts';
import { type ArgumentsOf, type OperationName, operations, type ResultOf } from './operations.ts';
import { END_TEST, type EventPlace, operationAnswer } from './wire-messages.ts';

/** No test takes so long: its end needs to be listened for no more. */
const LONGEST_TEST_MS = 15 * 60_000;
/** A bot that stops has little time to say so. */
const END_WITHIN_MS = 2_000;

export interface RemoteEngineOptions {
  readonly url: URL;
  readonly key: Secret;
  /** Of the bot: events are taken in transactions of their own. */
  readonly store: Store;
  readonly log: Log;
  /** What alerts the engine may raise, as experts have them now. */
  readonly articles: () => readonly Article[];
  readonly timing?: RemoteTiming;
}

/** The engine of another process, which may run next to mail servers that cannot be reached from here. */
export function createRemoteEngine({
  url,
  key,
  store,
  log,
  articles,
  timing = USUAL_TIMING,
}: RemoteEngineOptions): SyncEngine {
  const connection = createEngineConnection({ url, key, timing });
  const hearing = createEventHearing({ connection, store, timing, log, articles });
  const ending = new Set<Promise<unknown>>();

  async function read<Name extends OperationName>(
    name: Name,
    ...given: ArgumentsOf<Name>
  ): Promise<ResultOf<Name>> {
    return resultOf(name, await connection.ask(name, { arguments: given })).result;
  }

  /** As with an engine of this process, its events are there when the action is answered. */
  async function act<Name extends OperationName>(
    name: Name,
    { actor, idempotencyKey, selfApproval = false, markAsPrimary = false, signal }: ActionContext,
    ...given: ArgumentsOf<Name>
  ): Promise<ResultOf<Name>> {
    const context = { actorId: actor.userId, idempotencyKey, selfApproval, markAsPrimary };
    const answer = await connection.ask(name, { arguments: given, context }, signal);
    const { result, newestEvent } = resultOf(name, answer);
    if (newestEvent !== null) await hearing.heard(newestEvent);
    return result;
  }

  function endWith(signal: AbortSignal, mailboxId: MailboxId, idempotencyKey: string): void {
    const end = (): void => {
      clearTimeout(over);
      const ended = connection
        .askOnce(END_TEST, { mailboxId, idempotencyKey }, END_WITHIN_MS)
        .catch((thrown: unknown) => {
          log.warn('test-not-ended', { mailboxId, reason: asAppError(thrown).detail });
        })
        .finally(() => ending.delete(ended));
      ending.add(ended);
    };
    const over = setTimeout(() => signal.removeEventListener('abort', end), LONGEST_TEST_MS);
    over.unref();
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  }

  return {
    kind: 'remote',
    async organization(id) {
      const told = hearing.beingTold()?.organization;
      return told?.id === id ? told : read('organization', id);
    },
    async profile(id) {
      const told = hearing.beingTold()?.profile;
      return told?.id === id ? told : read('profile', id);
    },
    async findMailboxes(query: MailboxQuery) {
      const told = hearing.beingTold()?.mailbox;
      const known = query.by === 'id' && told?.id === query.id;
      return known ? [{ mailbox: told, quality: 'exact' }] : read('findMailboxes', query);
    },
    performanceSummary: (scope) => read('performanceSummary', scope),
    performanceMailboxes: (scope, selection, page) =>
      read('performanceMailboxes', scope, selection, page),
    performanceHours: (scope, period) => read('performanceHours', scope, period),
    raisedAlerts: (scope, selection, page) => read('raisedAlerts', scope, selection, page),
    processedTurns: (mailboxId) => read('processedTurns', mailboxId),
    limits: (mailboxId) => read('limits', mailboxId),
    failedItems: (mailboxId) => read('failedItems', mailboxId),
    appointmentForms: () => read('appointmentForms'),
    earlyWarnings: (query) => read('earlyWarnings', query),
    sights: (mailboxId) => read('sights', mailboxId),
    alerts: (query) => read('alerts', query),
    openAlerts: (mailboxId) => read('openAlerts', mailboxId),
    testRun: (id) => read('testRun', id),
    pendingMessages: (mailboxId) => read('pendingMessages', mailboxId),
    waitingByDay: (mailboxId) => read('waitingByDay', mailboxId),
    async testAndEnable(mailboxId, context) {
      context.signal.throwIfAborted();
      endWith(context.signal, mailboxId, context.idempotencyKey);
      return act('testAndEnable', context, mailboxId);
    },
    approve: (mailboxId, context) => act('approve', context, mailboxId),
    reject: (mailboxId, context) => act('reject', context, mailboxId),
    submit: (message, context) => act('submit', context, message),
    holdMessages: (mailboxId, before, context) => act('holdMessages', context, mailboxId, before),
    cancelMessages: (mailboxId, before, context) =>
      act('cancelMessages', context, mailboxId, before),
    releaseMessages: (mailboxId, before, context) =>
      act('releaseMessages', context, mailboxId, before),
    setUpChanges: (mailboxId) => read('setUpChanges', mailboxId),
    checkProfileChange: (profileId, change) => read('checkProfileChange', profileId, change),
    changeProfile: (profileId, change, context) => act('changeProfile', context, profileId, change),
    forgetOverruled: (profileId, part, context) => act('forgetOverruled', context, profileId, part),
    changeActMethod: (mailboxId, method, context) =>
      act('changeActMethod', context, mailboxId, method),
    setActive: (mailboxId, active, context) => act('setActive', context, mailboxId, active),
    async start(sink) {
      hearing.start(sink);
    },
    async stop() {
      await hearing.stop();
      await Promise.all(ending);
    },
  };
}

function resultOf<Name extends OperationName>(
  name: Name,
  answer: unknown,
): { readonly result: ResultOf<Name>; readonly newestEvent: EventPlace | null } {
  const outer = operationAnswer.safeParse(answer);
  const result = operations[name].result.safeParse(outer.data?.result);
  if (!outer.success || !result.success) {
    throw new AppError(
      'engine-version',
      `the answer to ${name} cannot be read: bring the bot and the engine to the same release`,
    );
  }
  return { result: result.data, newestEvent: outer.data.newestEvent };
}
