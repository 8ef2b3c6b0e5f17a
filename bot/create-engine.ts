import type { Config } from '../services/config/index.ts';
import type { LiveKnowledge } from '../services/knowledge/index.ts';
import { AppError, type Log } from '../services/observability/index.ts';
import { createProbes } from '../services/probes/index.ts';
import type { Scheduler } from '../services/scheduler/index.ts';
import type { Store } from '../services/store/index.ts';
import {
  createAlertFor,
  createEmbeddedEngine,
  createRemoteEngine,
  type SyncEngine,
} from '../services/sync-engine/index.ts';
import type { EngineFiles } from './load-engine-files.ts';

export interface CreateEngineParts {
  readonly store: Store;
  readonly scheduler: Scheduler;
  readonly log: Log;
  readonly knowledge: LiveKnowledge;
  /** Of the embedded engine; a remote one reads it where it runs. */
  readonly engineFiles: EngineFiles | null;
}

/** The engine that the settings name; nothing of it runs yet. */
export function createEngine(engine: Config['engine'], parts: CreateEngineParts): SyncEngine {
  const { store, scheduler, log, knowledge, engineFiles } = parts;
  if (engine.kind === 'remote')
    return createRemoteEngine({ ...engine, store, log, articles: () => knowledge.articles() });
  if (engineFiles === null) throw new AppError('registry-invalid', 'ENGINE_FILE has not been read');
  return createEmbeddedEngine({
    ...engineFiles,
    store,
    scheduler,
    ...createProbes(),
    alertFor: createAlertFor(() => knowledge.articles()),
    log,
  });
}
