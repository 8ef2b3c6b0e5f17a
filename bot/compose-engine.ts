import { join } from 'node:path';
import { type EngineConfig, packageRoot } from '../services/config/index.ts';
import { loadKnowledge } from '../services/knowledge/index.ts';
import type { Log, Problem } from '../services/observability/index.ts';
import { createProbes } from '../services/probes/index.ts';
import type { Scheduler } from '../services/scheduler/index.ts';
import { openFileStore } from '../services/store/index.ts';
import {
  createAlertFor,
  createEmbeddedEngine,
  createEngineService,
  createToldAlerts,
} from '../services/sync-engine/index.ts';
import { createEngineServer } from './http/engine-server.ts';
import { engineCounts } from './http/state-counts.ts';
import { loadEngineFiles } from './load-engine-files.ts';

export interface ComposeEngineOptions {
  readonly scheduler: Scheduler;
  readonly log: Log;
  /** Where secrets that ENGINE_FILE names by variable are read. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly onStarted: (part: string, detail: Readonly<Record<string, string>>) => void;
}

export interface EngineProcess {
  start(): Promise<void>;
  stop(): Promise<void>;
}

export type ComposedEngine =
  | { readonly kind: 'composed'; readonly engine: EngineProcess }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/** The embedded engine as a process of its own: no Teams, no people, one authenticated caller. */
export async function composeEngine(
  config: EngineConfig,
  options: ComposeEngineOptions,
): Promise<ComposedEngine> {
  const { scheduler, log, environment, onStarted } = options;
  const [knowledge, engineFile] = await Promise.all([
    loadKnowledge(join(packageRoot(), 'data')),
    loadEngineFiles(config.file, environment),
  ]);
  if (knowledge.kind === 'invalid' || engineFile.kind === 'invalid') {
    const problems = [knowledge, engineFile].flatMap((part) =>
      'problems' in part ? part.problems : [],
    );
    return { kind: 'invalid', problems };
  }
  const { engineFiles } = engineFile;
  const articles = knowledge.knowledge;
  /** In the order of their start; stopped in the opposite one. */
  const running: (() => Promise<void>)[] = [];

  async function stop(): Promise<void> {
    for (const end of running.splice(0).reverse()) await end();
  }

  async function start(): Promise<void> {
    const { dataDirectory: directory, host, port, key } = config;
    const store = await openFileStore({ directory, log, clock: scheduler });
    running.push(
      () => store.close(),
      () => scheduler.stop(),
    );
    onStarted('store', { directory });
    const alerts = createToldAlerts(store, () => articles.articles());
    const engine = createEmbeddedEngine({
      ...engineFiles,
      store,
      scheduler,
      ...createProbes(),
      alertFor: createAlertFor(() => alerts.articles()),
      log,
    });
    const service = createEngineService({ engine, store, clock: scheduler, key, log, alerts });
    const server = createEngineServer({
      host,
      port,
      log,
      service,
      metrics: async () => ({ ...service.counts(), ...(await engineCounts(engine, store)) }),
      metricsToken: config.metricsToken,
    });
    await service.start();
    // Questions that wait for an event are answered when the service stops: before the server does.
    running.push(
      () => server.stop(),
      () => service.stop(),
    );
    const { url } = await server.start();
    onStarted('listening', { url });
  }

  return {
    kind: 'composed',
    engine: {
      async start() {
        try {
          await start();
        } catch (error) {
          await stop();
          throw error;
        }
      },
      stop,
    },
  };
}
