import { setImmediate } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { UserId } from '../../services/domain/ids.ts';
import { idOf } from '../../services/domain/ids.ts';
import type { SyncEvent } from '../../services/domain/sync-event.ts';
import { secretOf } from '../../services/observability/index.ts';
import type { Look } from '../../services/probes/index.ts';
import type { Store } from '../../services/store/index.ts';
import type { DataverseEngine } from '../../services/sync-engine/dataverse/dataverse-engine.ts';
import {
  type ActionContext,
  connectDataverse,
  createAlertFor,
  createDataverseEngine,
  type SyncEventSink,
} from '../../services/sync-engine/index.ts';
import type { Caller } from './dataverse/callers.ts';
import { type DataverseWorld, startDataverseWorld } from './dataverse-world.ts';
import { createMemoryStore } from './memory-store.ts';
import { sharedKnowledge } from './real-knowledge.ts';
import { createRecordingLog, type RecordingLog } from './recording-log.ts';

export interface DataverseEngineWorld extends DataverseWorld {
  readonly engine: DataverseEngine;
  readonly store: Store;
  readonly log: RecordingLog;
  readonly events: readonly SyncEvent[];
  readonly sink: SyncEventSink;
  /** Starts it, and waits until it has looked at its mailboxes. */
  start(): Promise<void>;
  /** Another program takes up what the one before has kept. */
  restart(): Promise<void>;
  /** What Entra answers instead of a token from now on. */
  refuseSignIn(): void;
  /** The administrator, signed in, with a key of their own each time unless told. */
  by(key?: string, caller?: Caller): ActionContext;
}

const ADA = idOf<UserId>('0000ada0-0000-4000-8000-00000000ada0');

function reader({ organization }: DataverseWorld, privileges: readonly string[]): Caller {
  organization.addRole('Mailbox Medic reader', privileges);
  const roles = ['Mailbox Medic reader'];
  return organization.addCaller({ name: '# Reader', kind: 'application', roles });
}

/** The engine as `ENGINE=dataverse` puts it together, over the fake organization; not started yet. */
export async function createDataverseEngineWorld({
  look = null,
  privileges = null,
}: {
  readonly look?: Look | null;
  /** Of the application user; null: all that there are. */
  readonly privileges?: readonly string[] | null;
} = {}): Promise<DataverseEngineWorld> {
  const world = await startDataverseWorld();
  const { organization, clock } = world;
  const application = privileges === null ? world.application : reader(world, privileges);
  const knowledge = await sharedKnowledge();
  const store = createMemoryStore({ clock });
  const log = createRecordingLog();
  const events: SyncEvent[] = [];
  let refused = false;
  let keys = 0;

  const entra: typeof fetch = async () =>
    refused
      ? Response.json({ error: 'invalid_client', error_codes: [7_000_222] }, { status: 401 })
      : Response.json({
          token_type: 'Bearer',
          expires_in: 3_599,
          access_token: organization.token(application),
        });
  const program = (): DataverseEngine =>
    createDataverseEngine({
      connection: connectDataverse({
        url: new URL(organization.url),
        application: {
          tenantId: '99999999-8888-4777-8666-555555555555',
          clientId: '22222222-3333-4444-8555-666666666666',
          credential: { kind: 'secret', secret: secretOf('s3cret') },
        },
        scheduler: clock,
        log,
        fetch: entra,
      }),
      deployment: 'online',
      tenantId: null,
      store,
      scheduler: clock,
      log,
      diagnose: (text) => knowledge.diagnose(text),
      article: (topic) => knowledge.article(topic),
      alertFor: createAlertFor(() => knowledge.articles()),
      look,
      mayCall: () => true,
      certificateAuthorities: [],
    });
  let engine = program();
  const sink: SyncEventSink = async (event, transaction) => {
    transaction.afterCommit(() => events.push(event));
  };
  onTestFinished(async () => {
    await engine.stop();
    await world.stop();
  });
  return {
    ...world,
    application,
    get engine() {
      return engine;
    },
    store,
    log,
    events,
    sink,
    async start() {
      await engine.start(sink);
      while ((await store.get('seenMailboxes', world.mailbox.id)) === undefined) {
        await setImmediate();
      }
    },
    async restart() {
      await engine.stop();
      engine = program();
      await engine.start(sink);
    },
    refuseSignIn() {
      refused = true;
    },
    by: (key = `key-${++keys}`, caller = world.administrator) => ({
      actor: { userId: ADA, token: async () => organization.token(caller) },
      idempotencyKey: key,
      signal: new AbortController().signal,
    }),
  };
}
