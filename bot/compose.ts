import { join } from 'node:path';
import { createAnswers } from '../services/answers/index.ts';
import { createApprovals } from '../services/approvals/index.ts';
import { type Config, packageRoot } from '../services/config/index.ts';
import type { Directory } from '../services/directory/index.ts';
import { readDocument } from '../services/documents/index.ts';
import { createEditing } from '../services/editing/index.ts';
import { createGuides } from '../services/guides/index.ts';
import { loadTexts, type Texts } from '../services/i18n/index.ts';
import { type LiveKnowledge, loadKnowledge } from '../services/knowledge/index.ts';
import { createNotifications } from '../services/notifications/index.ts';
import { asAppError, type Log, type Problem } from '../services/observability/index.ts';
import type { Scheduler } from '../services/scheduler/index.ts';
import { openFileStore, type Store } from '../services/store/index.ts';
import type { SyncEngine } from '../services/sync-engine/index.ts';
import { createUnansweredTexts } from '../services/unanswered/index.ts';
import { createEngine } from './create-engine.ts';
import { signInTo } from './create-sign-in.ts';
import { createHttpServer } from './http/server.ts';
import { stateCounts } from './http/state-counts.ts';
import { loadDirectory } from './load-directory.ts';
import { type EngineFiles, loadEngineFiles } from './load-engine-files.ts';
import { createNamesIn } from './names-in.ts';
import { createPresenter } from './present/index.ts';
import {
  type ChannelAdapter,
  type Commands,
  createDownload,
  createOpenAnswers,
  createProactiveMessenger,
  createTeamsEndpoint,
  loadCommands,
} from './teams/index.ts';

const RESUME_AGAIN_MS = 30_000;

export interface ComposeOptions {
  /** Real time, or the demo's. */
  readonly scheduler: Scheduler;
  readonly log: Log;
  /** Where secrets that ENGINE_FILE names by variable are read. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly createAdapter: (config: Config, log: Log) => ChannelAdapter;
  /** Connectors that replies may be sent to. */
  readonly serviceUrlAllowed: (url: URL) => boolean;
  /** Hosts that sent files may be fetched from. */
  readonly fileUrlAllowed: (url: URL) => boolean;
  /** Callers are not authenticated: answer only requests whose Host is loopback. */
  readonly loopbackOnly: boolean;
  /** One call per part that has started. */
  readonly onStarted: (part: string, detail: Readonly<Record<string, string>>) => void;
}

export interface Started {
  readonly url: string;
  /** For the demo, which makes happen what nobody does in Teams. */
  readonly engine: SyncEngine;
}

export interface Bot {
  start(): Promise<Started>;
  /** Answers what is under way, writes what is to be written, then ends. Harmless when called twice. */
  stop(): Promise<void>;
}

export type Composed =
  | { readonly kind: 'composed'; readonly bot: Bot }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

interface Loaded {
  readonly texts: Texts;
  readonly knowledge: LiveKnowledge;
  readonly commands: Commands;
  readonly directory: Directory;
  /** Of the embedded engine; others have none. */
  readonly engineFiles: EngineFiles | null;
}

/**
 * The one place that knows which implementation stands behind each port. Every file is read and
 * checked before anything is opened: all problems come together, and nothing has been started.
 */
export async function compose(config: Config, options: ComposeOptions): Promise<Composed> {
  const loaded = await load(config, options.environment);
  if ('problems' in loaded) return { kind: 'invalid', problems: loaded.problems };
  return { kind: 'composed', bot: createBot(config, options, loaded) };
}

async function load(
  config: Config,
  environment: ComposeOptions['environment'],
): Promise<Loaded | { readonly problems: readonly Problem[] }> {
  const data = join(packageRoot(), 'data');
  const [texts, knowledge, commands, directory, engine] = await Promise.all([
    loadTexts(data),
    loadKnowledge(data),
    loadCommands(data),
    loadDirectory(config),
    config.engine.kind === 'embedded'
      ? loadEngineFiles(config.engine.file, environment)
      : ({ kind: 'loaded', engineFiles: null } as const),
  ]);
  if (
    texts.kind === 'loaded' &&
    knowledge.kind === 'loaded' &&
    commands.kind === 'loaded' &&
    directory.kind === 'loaded' &&
    engine.kind === 'loaded'
  ) {
    return {
      texts: texts.texts,
      knowledge: knowledge.knowledge,
      commands: commands.commands,
      directory: directory.directory,
      engineFiles: engine.engineFiles,
    };
  }
  const problems = [texts, knowledge, commands, directory, engine].flatMap((part) =>
    'problems' in part ? part.problems : [],
  );
  return { problems };
}

function createBot(config: Config, options: ComposeOptions, loaded: Loaded): Bot {
  const { scheduler, log, onStarted } = options;
  const stopping = new AbortController();
  /** What has been started, in order; stopped in the opposite one. */
  const running: { readonly part: string; readonly stop: () => Promise<void> }[] = [];
  let stopped: Promise<void> | null = null;

  function started(
    part: string,
    stop: () => Promise<void>,
    detail: Readonly<Record<string, string>> = {},
  ): void {
    running.push({ part, stop });
    onStarted(part, detail);
  }

  async function stopAll(): Promise<void> {
    stopping.abort();
    for (const { part, stop } of running.splice(0).reverse()) {
      await stop().catch((error: unknown) => {
        log.error('part-not-stopped', { part, reason: asAppError(error).code });
      });
    }
  }

  async function startAll(): Promise<Started> {
    const store: Store = await openFileStore({
      directory: config.dataDirectory,
      log,
      clock: scheduler,
    });
    started('store', () => store.close(), { directory: config.dataDirectory });
    started('scheduler', () => scheduler.stop());

    const { knowledge, texts, directory, commands } = loaded;
    const articles = knowledge.articles();
    const { engine, isReady, webhook } = createEngine(config.engine, {
      ...loaded,
      store,
      scheduler,
      log,
    });
    const adapter = options.createAdapter(config, log);
    const openAnswers = createOpenAnswers();
    const presenter = createPresenter({ engine, directory, knowledge, store });
    const notifications = createNotifications({
      store,
      engine,
      directory,
      messenger: createProactiveMessenger({
        adapter,
        presenter,
        directory,
        store,
        texts,
        openAnswers,
        log,
      }),
      scheduler,
      log,
    });
    const editing = createEditing({ store, clock: scheduler, log, knowledge });
    await editing.start();
    const approvals = createApprovals({
      store,
      engine,
      directory,
      clock: scheduler,
      log,
      enqueueCopyUpdates: (transaction, ids) => notifications.enqueueCopyUpdates(transaction, ids),
      kick: () => notifications.kick(),
    });
    /** What is elsewhere may be away; what was decided is carried out when it is back. */
    async function resumeApprovals(): Promise<void> {
      try {
        await approvals.resume(stopping.signal);
      } catch (thrown) {
        const { code, kind } = asAppError(thrown);
        if (kind !== 'unreachable' && !code.startsWith('engine-')) throw thrown;
        scheduler.after(RESUME_AGAIN_MS, resumeApprovals);
      }
    }

    onStarted('knowledge', { articles: `${String(articles.length)} articles` });
    // Nothing to do where `npm run build` has done it; else in small turns, beside everything else.
    void knowledge.learnQuestions().catch((error: unknown) => {
      log.error('questions-not-learnt', { reason: asAppError(error).code });
    });
    await engine.start(notifications.sink);
    started('engine', () => engine.stop(), { kind: engine.kind });
    notifications.start();
    started('notifications', () => notifications.stop());
    await resumeApprovals();

    const endpoint = createTeamsEndpoint(
      adapter,
      {
        engine,
        directory,
        knowledge,
        answers: createAnswers({ store, clock: scheduler, log }),
        editing,
        unanswered: createUnansweredTexts({
          store,
          clock: scheduler,
          log,
          articles: () => knowledge.articles(),
          namesIn: createNamesIn(engine),
        }),
        approvals,
        guides: createGuides({
          store,
          engine,
          clock: scheduler,
          redraw: (transaction, guide) => notifications.enqueueGuideUpdates(transaction, guide),
        }),
        notifications,
        store,
        presenter,
        texts,
        commands,
        readDocument,
        download: createDownload(options.fileUrlAllowed, log),
        signIn: signInTo(config, adapter, scheduler, log),
        clock: scheduler,
        log,
        stopping: stopping.signal,
      },
      { allowedTenants: config.bot.allowedTenants, serviceUrlAllowed: options.serviceUrlAllowed },
      openAnswers,
    );
    const http = createHttpServer({
      host: config.host,
      port: config.port,
      log,
      messages: (authorization, body) => endpoint.handle(authorization, body),
      ready: () => !stopping.signal.aborted && isReady(),
      metrics: async () => ({
        turns: endpoint.turns(),
        ...(await stateCounts(store, engine)),
      }),
      metricsToken: config.metricsToken,
      webhook,
      loopbackOnly: options.loopbackOnly,
    });
    const { url } = await http.start();
    started(
      'listening',
      async () => {
        await http.stop();
        await endpoint.settled();
      },
      { url },
    );
    return { url, engine };
  }

  return {
    async start() {
      try {
        return await startAll();
      } catch (error) {
        await stopAll();
        throw error;
      }
    },
    stop() {
      stopped ??= stopAll();
      return stopped;
    },
  };
}
