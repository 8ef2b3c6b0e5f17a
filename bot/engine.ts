import { loadEngineConfig } from '../services/config/index.ts';
import { asAppError, createLog, type Problem } from '../services/observability/index.ts';
import { createTimerScheduler } from '../services/scheduler/index.ts';
import { composeEngine } from './compose-engine.ts';

/** `npm run engine`: the sync engine next to mail servers that the bot itself cannot reach. */
const STOP_WITHIN_MS = 9_000;

function refuse(problems: readonly Problem[]): never {
  for (const { where, path, what, remedy } of problems) {
    process.stderr.write(`${[where, path].filter(Boolean).join(' ')}: ${what}. ${remedy}\n`);
  }
  process.exit(1);
}

const log = createLog();
const loaded = loadEngineConfig(process.env);
if (loaded.kind === 'invalid') refuse(loaded.problems);

const composed = await composeEngine(loaded.config, {
  scheduler: createTimerScheduler({ log }),
  log,
  environment: process.env,
  onStarted: (event, detail) => {
    process.stdout.write(`${JSON.stringify({ event, ...detail })}\n`);
  },
});
if (composed.kind === 'invalid') refuse(composed.problems);
const { engine } = composed;

async function end(code: number): Promise<void> {
  setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
  await engine.stop();
  process.exit(code);
}

process.once('SIGTERM', () => void end(0));
process.once('SIGINT', () => void end(0));
process.once('unhandledRejection', (reason) => {
  log.error('unhandled-rejection', { reason: asAppError(reason).message });
  void end(1);
});

await engine.start().catch((error: unknown) => {
  const { code, detail } = asAppError(error);
  process.stderr.write(`${code}: ${detail}\n`);
  process.exit(1);
});
