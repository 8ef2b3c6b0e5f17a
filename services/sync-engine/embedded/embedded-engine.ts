import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { idOf } from '../../domain/ids.ts';
import { DIRECTIONS } from '../../domain/mailbox.ts';
import { waitingByDay } from '../../domain/outgoing-message.ts';
import { isOfProfile } from '../../domain/set-up-change.ts';
import { instantOf } from '../../domain/time.ts';
import { AppError } from '../../observability/index.ts';
import type { Cancel } from '../../scheduler/index.ts';
import type { Store } from '../../store/index.ts';
import { findWarnings } from '../early-warnings.ts';
import { createMailboxFinder } from '../mailbox-finder.ts';
import { createMailboxTurns } from '../mailbox-turns.ts';
import { changesHealth } from '../outage-count.ts';
import type { MailboxHit, SyncEngine, SyncEventSink } from '../sync-engine.ts';
import { createTurnRecorder } from '../turn-recorder.ts';
import { alertsOn } from './alert-walls.ts';
import { approve } from './approve.ts';
import { changeActMethod } from './change-method.ts';
import { changeProfile, checkProfileChange, forgetOverruled } from './change-profile.ts';
import { createChangeableRegistry } from './changeable-registry.ts';
import { resetChangedAddresses } from './changed-addresses.ts';
import { createCycle } from './cycle.ts';
import type { EngineParts } from './engine-parts.ts';
import { keepChanges } from './keep-changes.ts';
import { limitsOf } from './mail-flow.ts';
import { approvalPending, readMailboxes } from './mailbox-records.ts';
import { pendingMessages } from './pending-messages.ts';
import { createPerformanceQueries } from './performance.ts';
import { noteEnabledPrimaries } from './primary-organization.ts';
import { createProfileOutages } from './profile-outages.ts';
import type { RegisteredMailbox } from './registry.ts';
import { reject } from './reject.ts';
import type { SecretReader } from './secret-reader.ts';
import { placesByMailboxes } from './server-places.ts';
import { createServerQueues } from './server-queues.ts';
import { setActive } from './set-active.ts';
import { submit } from './submit.ts';
import type { SwitchOff } from './switch-offs.ts';
import { createTestAndEnable } from './test-and-enable.ts';
import { createUnreachableServers } from './unreachable-servers.ts';
import { CANCEL, changeWaiting, HOLD, RELEASE } from './waiting-messages.ts';
import { watchDates } from './watch-dates.ts';
import { watchSessions } from './watch-sessions.ts';

export interface EmbeddedEngineOptions
  extends Omit<EngineParts, 'secrets' | 'newId' | 'emit' | 'onProcessed'> {
  /** Instead of the registry's own. */
  readonly secrets?: SecretReader;
  readonly newId?: () => string;
  readonly onProcessed?: EngineParts['onProcessed'];
  /** Announced ends of ways into mail services, as data/ has them; none where nobody reads it. */
  readonly switchOffs?: readonly SwitchOff[];
}

/** Server-side synchronization in this process: registry file, own probes, policy and schedule. */
export function createEmbeddedEngine(options: EmbeddedEngineOptions): SyncEngine {
  const { store, scheduler, log } = options;
  const changeable = createChangeableRegistry(options.registry);
  const { registry } = changeable;
  let sink: SyncEventSink | null = null;
  let stopWatching: Cancel = () => undefined;
  const newId = options.newId ?? randomUUID;
  const outages = createProfileOutages({ registry, store, scheduler, newId });
  const recorder = createTurnRecorder({ ...options, mailboxes: registry.mailboxes });
  const unwatched: EngineParts = {
    ...options,
    registry,
    secrets: options.secrets ?? registry.secrets,
    newId,
    onProcessed(turn) {
      recorder.record(turn);
      options.onProcessed?.(turn);
    },
    emit: async (transaction, registered, body) => {
      const { id, profileId } = registered;
      if (sink === null)
        throw new AppError('engine-unavailable', 'the engine has not been started');
      const at = instantOf(scheduler.now());
      const about = { at, mailboxId: id, profileId } as const;
      await sink({ id: idOf(newId()), ...about, ...body }, transaction);
      if (!changesHealth(body.kind)) return;
      const outage = await outages.follow(transaction, registered);
      if (outage === null) return;
      const changed = { kind: 'profile-outage-changed', outage } as const;
      await sink({ id: idOf(newId()), ...about, ...changed }, transaction);
    },
  };
  const parts: EngineParts = { ...unwatched, ...watchSessions(unwatched) };
  refuseUnreachable(parts);
  const stopping = new AbortController();
  // Every session listens to it; more than ten at once are no leak.
  setMaxListeners(0, stopping.signal);
  const shared = {
    turns: createMailboxTurns(),
    queues: createServerQueues({ scheduler, placesAt: placesByMailboxes(changeable) }),
    unreachable: createUnreachableServers(scheduler),
    signal: stopping.signal,
  };
  const cycle = createCycle(parts, shared);
  const tests = createTestAndEnable(parts, { ...shared, cycle });
  const find = createMailboxFinder(registry.mailboxes.values());

  async function exactly(several: readonly RegisteredMailbox[]): Promise<readonly MailboxHit[]> {
    const mailboxes = await readMailboxes(store, several);
    return mailboxes.map((mailbox) => ({ mailbox, quality: 'exact' }));
  }
  const those = (matches: (registered: RegisteredMailbox) => boolean): RegisteredMailbox[] =>
    [...registry.mailboxes.values()].filter(matches);

  return {
    kind: 'embedded',
    organization: async (id) => registry.organizations.get(id),
    profile: async (id) => registry.profiles.get(id)?.profile,
    async findMailboxes(query) {
      switch (query.by) {
        case 'id': {
          const registered = registry.mailboxes.get(query.id);
          return registered === undefined ? [] : exactly([registered]);
        }
        case 'text': {
          const found = await find(query.text, query.limit);
          const mailboxes = await readMailboxes(
            store,
            found.map(({ mailbox }) => mailbox),
          );
          return mailboxes.flatMap((mailbox, index) => {
            const quality = found[index]?.quality;
            return quality === undefined ? [] : [{ mailbox, quality }];
          });
        }
        case 'owner':
          return exactly(those(({ ownerId }) => ownerId === query.ownerId));
        case 'profile':
          return exactly(those(({ profileId }) => profileId === query.profileId));
        case 'approval-pending':
          return exactly(await approvalPending(parts));
      }
    },
    ...createPerformanceQueries(parts, recorder),
    limits: (mailboxId) => limitsOf(parts, mailboxId),
    // It moves mail and looks at the rest: no item of its own can fail, and it has no forms.
    failedItems: async () => [],
    appointmentForms: async () => null,
    earlyWarnings: (query) =>
      findWarnings(store, async (id) => registry.mailboxes.get(id)?.profileId ?? null, query),
    // Its own attempts are looks from here.
    sights: async () => [],
    alerts: (query) => alertsOn(parts, query),
    openAlerts: (mailboxId) => store.find('alerts', { mailboxId, closedAt: null }),
    testRun: (id) => store.get('testRuns', id),
    pendingMessages: (mailboxId) => pendingMessages(parts, mailboxId),
    async waitingByDay(mailboxId) {
      return registry.mailboxes.has(mailboxId)
        ? waitingByDay(await store.find('outgoingMessages', { mailboxId }))
        : [];
    },
    holdMessages: (mailboxId, before, context) =>
      changeWaiting(parts, HOLD, mailboxId, before, context),
    cancelMessages: (mailboxId, before, context) =>
      changeWaiting(parts, CANCEL, mailboxId, before, context),
    async releaseMessages(mailboxId, before, context) {
      const answer = await changeWaiting(parts, RELEASE, mailboxId, before, context);
      const goes = answer.kind === 'changed' && answer.mailbox.directions.outgoing.enabled;
      if (goes && answer.count > 0) cycle.hasten(mailboxId, 'outgoing');
      return answer;
    },
    testAndEnable: (mailboxId, context) => tests.start(mailboxId, context),
    async approve(mailboxId, context) {
      const answer = await approve(parts, mailboxId, context);
      if (answer.kind === 'approved') {
        // What was disabled for want of approval need not wait half an hour to be called ready.
        for (const direction of DIRECTIONS) {
          const { disabledAt, lastFailure } = answer.mailbox.directions[direction];
          if (disabledAt !== null && lastFailure?.reason === 'not-approved') {
            cycle.hasten(mailboxId, direction);
          }
        }
      }
      return answer;
    },
    async reject(mailboxId, context) {
      const answer = await reject(parts, mailboxId, context);
      if (answer.kind === 'rejected') {
        // What may not be done any more is stopped now, and not in up to twelve minutes.
        for (const direction of DIRECTIONS) {
          if (answer.mailbox.directions[direction].enabled) cycle.hasten(mailboxId, direction);
        }
      }
      return answer;
    },
    async submit(message, context) {
      const answer = await submit(parts, message, context);
      if (answer.kind === 'pending') cycle.expect(message.mailboxId);
      return answer;
    },
    async setUpChanges(mailboxId) {
      const profileId = registry.mailboxes.get(mailboxId)?.profileId ?? null;
      const all = await store.find('setUpChanges');
      return all.filter((change) =>
        isOfProfile(change) ? change.profileId === profileId : change.mailboxId === mailboxId,
      );
    },
    checkProfileChange: async (profileId, change) =>
      checkProfileChange(changeable, profileId, change),
    changeProfile: (profileId, change, context) =>
      changeProfile(parts, changeable, profileId, change, context),
    forgetOverruled: (profileId, part, context) => forgetOverruled(parts, profileId, part, context),
    changeActMethod: (mailboxId, method, context) =>
      changeActMethod(parts, changeable, cycle, mailboxId, method, context),
    setActive: (mailboxId, active, context) =>
      setActive(parts, changeable, cycle, mailboxId, active, context),
    async start(receiver) {
      sink = receiver;
      await resumeSending(store);
      await keepChanges(parts, changeable);
      await resetChangedAddresses(parts);
      await noteEnabledPrimaries(parts);
      await outages.load();
      await tests.finishAbandoned();
      recorder.start();
      stopWatching = await watchDates(parts, options.switchOffs ?? []);
      await cycle.start();
      for (const { path, rule, topic } of registry.warnings) {
        log.warn('set-up-not-recommended', { path, rule, topic });
      }
      log.info('engine-started', { mailboxes: registry.mailboxes.size });
    },
    async stop() {
      stopping.abort();
      cycle.stop();
      stopWatching();
      await tests.settled();
      await recorder.stop();
    },
  };
}

/** A protocol without a probe is a mistake of this installation: better said now than as a failure. */
function refuseUnreachable({ registry, probes, senders, log }: EngineParts): void {
  for (const { profile } of registry.profiles.values()) {
    for (const { protocol } of [profile.incoming, profile.outgoing]) {
      if (probes[protocol] === undefined) {
        throw new AppError(
          'registry-invalid',
          `profile ${profile.id} needs a probe for ${protocol}`,
        );
      }
    }
    if (senders[profile.outgoing.protocol] === undefined) {
      log.warn('messages-stay-pending', {
        profileId: profile.id,
        protocol: profile.outgoing.protocol,
      });
    }
  }
}

/** A process that died while sending left messages that may have gone out: the same Message-ID goes again. */
async function resumeSending(store: Store): Promise<void> {
  const caught = await store.find('outgoingMessages', { state: 'sending' });
  if (caught.length === 0) return;
  await store.transact(async (transaction) => {
    for (const message of caught) {
      await transaction.put('outgoingMessages', { ...message, state: 'pending-send' });
    }
  });
}
