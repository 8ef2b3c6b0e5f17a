import { setImmediate } from 'node:timers/promises';
import { createStaticDirectory } from '../../../services/directory/index.ts';
import type { ConversationLink } from '../../../services/domain/conversation.ts';
import type { Failure } from '../../../services/domain/failure.ts';
import { idOf, type MailboxId, type ProfileId, type UserId } from '../../../services/domain/ids.ts';
import type { Incident } from '../../../services/domain/incident.ts';
import type { Mailbox } from '../../../services/domain/mailbox.ts';
import type { OutboxRow } from '../../../services/domain/outbox.ts';
import type { EmailServerProfile } from '../../../services/domain/profile.ts';
import type { SyncEvent } from '../../../services/domain/sync-event.ts';
import { instantOf, MINUTE_MS } from '../../../services/domain/time.ts';
import {
  createNotifications,
  type Notifications,
  type NotificationsOptions,
} from '../../../services/notifications/index.ts';
import type { Store } from '../../../services/store/index.ts';
import { createFakeScheduler, type FakeScheduler } from '../../support/fake-scheduler.ts';
import {
  createMemoryDisk,
  createMemoryStore,
  type MemoryDisk,
} from '../../support/memory-store.ts';
import {
  createRecordingMessenger,
  type RecordingMessenger,
} from '../../support/recording-messenger.ts';
import { silentLog } from '../../support/silent-log.ts';

type WithoutEnvelope<Event> = Event extends SyncEvent
  ? Omit<Event, 'id' | 'at' | 'profileId' | 'mailboxId'>
  : never;
export type EventBody = WithoutEnvelope<SyncEvent>;

const PROFILE = idOf<ProfileId>('exchange');
export const PROFILE_OWNER = idOf<UserId>('paula-profile');
export const ADMINISTRATOR = idOf<UserId>('adam-administrator');

export interface World {
  readonly scheduler: FakeScheduler;
  readonly messenger: RecordingMessenger;
  readonly store: Store;
  readonly disk: MemoryDisk;
  readonly notifications: Notifications;
  /** Hands an event of a mailbox to the sink in a transaction of its own. */
  happens(mailboxId: string, body: EventBody): Promise<void>;
  /** Lets everything that is due be delivered. */
  settled(): Promise<void>;
  /** Moves the clock in steps small enough for deliveries to happen on the way. */
  passes(ms: number, stepMs?: number): Promise<void>;
  opens(userId: string): Promise<void>;
  rows(): Promise<readonly OutboxRow[]>;
  row(part: string): Promise<OutboxRow | undefined>;
  incidents(): Promise<readonly Incident[]>;
  /** Another process over the same disk, after the first one stopped. */
  restarted(): Promise<World>;
}

export interface WorldOptions {
  /** Mailbox id -> owner id or null. */
  readonly mailboxes: Readonly<Record<string, string | null>>;
  readonly profileOwner?: UserId | null;
  /** Who has talked to the bot; everybody unless given. */
  readonly reachable?: readonly string[];
  readonly more?: Partial<NotificationsOptions>;
}

export async function createWorld(
  options: WorldOptions,
  before?: { readonly disk: MemoryDisk; readonly scheduler: FakeScheduler },
): Promise<World> {
  const scheduler = before?.scheduler ?? createFakeScheduler();
  const disk = before?.disk ?? createMemoryDisk();
  const messenger = createRecordingMessenger(scheduler);
  const store = createMemoryStore({ clock: scheduler, disk });
  const profile = exchangeProfile(
    options.profileOwner === undefined ? PROFILE_OWNER : options.profileOwner,
  );
  let number = disk.tables.incidents.size * 1_000;
  const notifications = createNotifications({
    store,
    messenger,
    scheduler,
    log: silentLog,
    random: () => 0,
    directory: createStaticDirectory([
      {
        id: ADMINISTRATOR,
        name: 'Adam',
        email: 'adam@contoso.example',
        roles: ['system-administrator'],
        privileges: [],
      },
    ]),
    engine: {
      async findMailboxes(query) {
        if (query.by !== 'id' || !(query.id in options.mailboxes)) return [];
        const owner = options.mailboxes[query.id] ?? null;
        return [{ mailbox: mailboxOf(query.id, owner), quality: 'exact' }];
      },
      profile: async () => profile,
      organization: async () => undefined,
    },
    ...options.more,
  });

  const world: World = {
    scheduler,
    messenger,
    store,
    disk,
    notifications,
    async happens(mailboxId, body) {
      number += 1;
      const event = {
        id: idOf(`event-${number}`),
        at: instantOf(scheduler.now()),
        mailboxId: idOf<MailboxId>(mailboxId),
        profileId: PROFILE,
        ...body,
      } as SyncEvent;
      await store.transact((transaction) => notifications.sink(event, transaction));
    },
    async settled() {
      // Everything here answers within a turn or two of the event loop: when nothing has been asked
      // or written for this many turns, nothing is under way.
      let still = 0;
      let seen = '';
      while (still < 25) {
        await setImmediate();
        const rows = await store.find('outbox');
        const now = `${messenger.asked.length} ${rows.map((row) => `${row.id}${row.state}${row.attempts}${row.revision}`).join()}`;
        still = now === seen ? still + 1 : 0;
        seen = now;
      }
    },
    async passes(ms, stepMs = ms) {
      for (let passed = 0; passed < ms; passed += stepMs) {
        await scheduler.advance(Math.min(stepMs, ms - passed));
        await world.settled();
      }
    },
    async opens(userId) {
      await store.transact(async (transaction) => {
        await transaction.put('conversations', conversationOf(userId, instantOf(scheduler.now())));
        await notifications.conversationOpened(transaction, idOf(userId));
      });
    },
    rows: () => store.find('outbox'),
    async row(part) {
      return (await store.find('outbox')).find(({ id }) => id.includes(part));
    },
    incidents: () => store.find('incidents'),
    async restarted() {
      await notifications.stop();
      await store.close();
      return createWorld(options, { disk, scheduler });
    },
  };

  if (before === undefined) {
    const everybody = new Set<string>([PROFILE_OWNER, ADMINISTRATOR]);
    for (const owner of Object.values(options.mailboxes)) if (owner !== null) everybody.add(owner);
    const seenAt = instantOf(scheduler.now());
    await store.transact(async (transaction) => {
      for (const userId of options.reachable ?? everybody) {
        await transaction.put('conversations', conversationOf(userId, seenAt));
      }
    });
  }
  notifications.start();
  await world.settled();
  return world;
}

/** `count` mailboxes m1, m2, … with owners owner-1, owner-2, … */
export function manyMailboxes(count: number): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`m${index + 1}`, `owner-${index + 1}`]),
  );
}

function conversationOf(userId: string, seenAt: string): ConversationLink {
  return {
    id: `conversation-${userId}`,
    scope: 'personal',
    userId: idOf(userId),
    tenantId: 'contoso',
    reference: { serviceUrl: 'http://127.0.0.1' },
    state: 'reachable',
    seenAt,
  };
}

export function failureOf(changes: Partial<Failure> = {}): Failure {
  return {
    scope: 'profile',
    nature: 'transient',
    stage: 'connect',
    reason: 'connection-refused',
    needsConfirmation: false,
    evidence: [],
    ...changes,
  };
}

const alert = {
  id: idOf('alert-1'),
  topic: idOf('bad-credentials'),
  level: 'warning',
  scope: 'profile',
  nature: 'transient',
  mailboxId: null,
  profileId: PROFILE,
  direction: 'incoming',
  slots: {},
  raisedAt: '2026-11-23T08:00:00.000Z',
  closedAt: null,
} as const;

export const confirming = (failure = failureOf({ needsConfirmation: true })): EventBody => ({
  kind: 'direction-confirming',
  direction: 'incoming',
  failure,
});

/** `nowMs`: the next attempt is five minutes later. */
export const retrying = (attempt: number, nowMs: number, failure = failureOf()): EventBody =>
  ({
    kind: 'direction-retrying',
    direction: 'incoming',
    failure,
    attempt,
    nextAttemptAt: instantOf(nowMs + 5 * MINUTE_MS),
    alert,
  }) as EventBody;

export const disabled = (failure = failureOf()): EventBody =>
  ({
    kind: 'direction-disabled',
    direction: 'incoming',
    failure,
    because: 'retries-exhausted',
    alert,
  }) as EventBody;

export const recovered: EventBody = { kind: 'direction-recovered', direction: 'incoming' };
export const answersAgain: EventBody = {
  kind: 'server-answers-again',
  direction: 'incoming',
  pendingSend: 0,
};
export const failsAgain = (failure = failureOf()): EventBody =>
  ({ kind: 'server-fails-again', direction: 'incoming', failure, alert }) as EventBody;
export const enabled: EventBody = {
  kind: 'direction-enabled',
  direction: 'incoming',
  by: ADMINISTRATOR,
};

function mailboxOf(id: string, owner: string | null): Mailbox {
  const direction = {
    method: 'server-side-synchronization',
    enabled: true,
    status: 'success',
    transientFailures: 0,
    nextAttemptAt: null,
    confirming: false,
    lastFailure: null,
    disabledAt: null,
    answersAgainAt: null,
  } as const;
  return {
    id: idOf(id),
    organizationId: idOf('contoso'),
    name: id,
    address: `${id}@contoso.example`,
    kind: 'user',
    ownerId: owner === null ? null : idOf(owner),
    profileId: PROFILE,
    active: true,
    approval: { state: 'approved', decidedBy: null, decidedAt: null },
    directions: { incoming: direction, outgoing: direction, act: direction },
    pendingSend: 0,
    version: 1,
  };
}

function exchangeProfile(ownerId: UserId | null): EmailServerProfile {
  const endpoint = {
    protocol: 'imap',
    host: 'mail.contoso.example',
    port: 993,
    tls: 'implicit',
  } as const;
  return {
    id: PROFILE,
    organizationId: idOf('contoso'),
    name: 'Exchange',
    serverType: 'imap-smtp',
    incoming: endpoint,
    outgoing: endpoint,
    credentialSource: 'profile',
    autodiscover: false,
    impersonation: false,
    ownerId,
    replica: false,
  };
}
