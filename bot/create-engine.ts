import type { Config } from '../services/config/index.ts';
import type { LiveKnowledge } from '../services/knowledge/index.ts';
import { AppError, type Log } from '../services/observability/index.ts';
import { createLook, createProbes, mayBeCalled } from '../services/probes/index.ts';
import type { Scheduler } from '../services/scheduler/index.ts';
import type { Store } from '../services/store/index.ts';
import {
  connectDataverse,
  connectOnPremises,
  createAlertFor,
  createDataverseEngine,
  createEmbeddedEngine,
  createRemoteEngine,
  type SyncEngine,
} from '../services/sync-engine/index.ts';
import type { DynamicsWebhook } from './http/dynamics-webhook.ts';
import type { EngineFiles } from './load-engine-files.ts';

export interface CreateEngineParts {
  readonly store: Store;
  readonly scheduler: Scheduler;
  readonly log: Log;
  readonly knowledge: LiveKnowledge;
  /** Of the embedded engine; a remote one reads it where it runs. */
  readonly engineFiles: EngineFiles | null;
}

export interface CreatedEngine {
  readonly engine: SyncEngine;
  /** False while nobody could be told anything of a mailbox yet. */
  readonly isReady: () => boolean;
  /** Where Dynamics 365 says what has changed; null where nobody set a key. */
  readonly webhook: DynamicsWebhook | null;
}

type Dataverse = Extract<
  Config['engine'],
  { kind: 'dataverse' } | { kind: 'dataverse-on-premises' }
>;

/** The engine that the settings name; nothing of it runs yet. */
export function createEngine(engine: Config['engine'], parts: CreateEngineParts): CreatedEngine {
  const { store, scheduler, log, knowledge, engineFiles } = parts;
  const articles = () => knowledge.articles();
  switch (engine.kind) {
    case 'remote':
      return always(createRemoteEngine({ ...engine, store, log, articles }));
    case 'dataverse':
    case 'dataverse-on-premises':
      return dataverseEngine(engine, parts);
    case 'embedded': {
      if (engineFiles === null) {
        throw new AppError('registry-invalid', 'ENGINE_FILE has not been read');
      }
      const alertFor = createAlertFor(articles);
      const own = { ...engineFiles, store, scheduler, ...createProbes(), alertFor, log };
      return always(createEmbeddedEngine(own));
    }
  }
}

const always = (engine: SyncEngine): CreatedEngine => ({
  engine,
  isReady: () => true,
  webhook: null,
});

function dataverseEngine(
  config: Dataverse,
  { store, scheduler, log, knowledge }: CreateEngineParts,
): CreatedEngine {
  const online = config.kind === 'dataverse';
  const { lookAt } = config;
  const engine = createDataverseEngine({
    connection: online
      ? connectDataverse({ ...config, scheduler, log })
      : connectOnPremises({ ...config, scheduler, log }),
    deployment: online ? 'online' : 'on-premises',
    tenantId: online ? config.application.tenantId : null,
    store,
    scheduler,
    log,
    diagnose: (text) => knowledge.diagnose(text),
    article: (topic) => knowledge.article(topic),
    alertFor: createAlertFor(() => knowledge.articles()),
    look: lookAt === 'off' ? null : createLook(),
    mayCall: (address) => lookAt !== 'off' && mayBeCalled(address, lookAt),
    certificateAuthorities: [],
  });
  const key = online ? config.webhookKey : null;
  const webhook = key && { key, take: (body: unknown) => engine.takeNotice(body) };
  return { engine, isReady: () => engine.isConnected(), webhook };
}
