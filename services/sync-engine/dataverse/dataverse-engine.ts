import { randomUUID } from 'node:crypto';
import { MINUTE_MS } from '../../domain/time.ts';
import { AppError, asAppError } from '../../observability/index.ts';
import type { Cancel } from '../../scheduler/index.ts';
import type { SyncEngine, SyncEventSink } from '../sync-engine.ts';
import type { NoticeAnswer } from './change-notice.ts';
import type { DataverseConnection } from './connect-dataverse.ts';
import { onceFound } from './once-found.ts';
import {
  createOrganizationEngine,
  type OrganizationEngine,
  type OrganizationEngineParts,
} from './organization-engine.ts';

export interface DataverseEngineOptions
  extends Omit<OrganizationEngineParts, 'api' | 'organizationId' | 'newId'> {
  readonly connection: DataverseConnection;
  readonly newId?: () => string;
}

export interface DataverseEngine extends SyncEngine {
  /** False until the organization has answered for the first time; what is asked before tries again. */
  isConnected(): boolean;
  /** Of what a webhook posts; before the organization is known nothing is looked at, and all of it then. */
  takeNotice(body: unknown): NoticeAnswer;
  /** When nothing that was noticed is being looked at. */
  settled(): Promise<void>;
}

const AGAIN_MS = MINUTE_MS / 2;
/** For who starts the bot: each of these has led to each of the refusals. */
const WHAT_TO_CHECK =
  'check DATAVERSE_CLIENT_ID and its secret, the application user with its role in the organization, and DATAVERSE_URL; `npm run doctor` says more';

/**
 * A Dynamics 365 organization as a sync engine. Which organization it is, is known once it has been
 * asked; an organization that cannot be reached just now is asked again, and everybody who wants
 * something meanwhile is told so.
 */
export function createDataverseEngine({
  connection,
  newId = randomUUID,
  ...parts
}: DataverseEngineOptions): DataverseEngine {
  const { scheduler, log } = parts;
  const stopping = new AbortController();
  let sink: SyncEventSink | null = null;
  let found: OrganizationEngine | undefined;
  let finding: Promise<OrganizationEngine> | undefined;
  let stopAsking: Cancel = () => undefined;

  async function find(): Promise<OrganizationEngine> {
    const asking = { signal: stopping.signal, priority: 'person' } as const;
    const { organizationId } = await connection.whoAmI(asking);
    const { api } = connection;
    const engine = createOrganizationEngine({ ...parts, api, organizationId, newId });
    if (sink === null) throw new AppError('engine-unavailable', 'the engine has not been started');
    await engine.start(sink);
    found = engine;
    return engine;
  }

  async function engine(): Promise<OrganizationEngine> {
    if (found !== undefined) return found;
    finding ??= find().finally(() => {
      finding = undefined;
    });
    return finding;
  }

  function later(thrown: unknown): void {
    if (stopping.signal.aborted) return;
    const { code, detail } = asAppError(thrown);
    log.warn('organization-not-reached', { reason: code, detail });
    stopAsking = scheduler.after(AGAIN_MS, () => {
      void engine().catch(later);
    });
  }

  return {
    kind: 'dataverse',
    isConnected: () => found !== undefined,
    takeNotice: (body) => found?.takeNotice(body) ?? 'taken',
    settled: async () => found?.settled(),
    ...onceFound(engine),
    async start(receiver) {
      sink = receiver;
      // A sign-in that is refused, or an address that is none of Dynamics 365's, does not pass.
      await engine().catch((thrown: unknown) => {
        const { kind, code, detail } = asAppError(thrown);
        if (kind !== 'unreachable') throw new AppError(code, `${detail}: ${WHAT_TO_CHECK}`);
        later(thrown);
      });
    },
    async stop() {
      stopping.abort();
      stopAsking();
      await finding?.catch(() => undefined);
      await found?.stop();
    },
  };
}
