import { loadConfig } from '../services/config/index.ts';
import { asAppError, createLog, type Problem } from '../services/observability/index.ts';
import { createTimerScheduler } from '../services/scheduler/index.ts';
import { compose } from './compose.ts';
import {
  CloudChannelAdapter,
  createAuthentication,
  microsoftFileUrl,
  teamsServiceUrl,
} from './teams/index.ts';

const STOP_WITHIN_MS = 9_000;

function refuse(problems: readonly Problem[]): never {
  for (const { where, path, what, remedy } of problems) {
    process.stderr.write(`${[where, path].filter(Boolean).join(' ')}: ${what}. ${remedy}\n`);
  }
  process.exit(1);
}

function print(event: string, fields: Readonly<Record<string, string>>): void {
  process.stdout.write(`${JSON.stringify({ event, ...fields })}\n`);
}

const log = createLog();
const loaded = loadConfig(process.env);
if (loaded.kind === 'invalid') refuse(loaded.problems);

const composed = await compose(loaded.config, {
  scheduler: createTimerScheduler({ log }),
  log,
  environment: process.env,
  createAdapter: ({ bot }) =>
    new CloudChannelAdapter({ authentication: createAuthentication(bot), appId: bot.appId, log }),
  serviceUrlAllowed: teamsServiceUrl,
  fileUrlAllowed: microsoftFileUrl,
  loopbackOnly: false,
  onStarted: print,
});
if (composed.kind === 'invalid') refuse(composed.problems);
const { bot } = composed;

async function end(code: number): Promise<void> {
  setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
  await bot.stop();
  process.exit(code);
}

process.once('SIGTERM', () => void end(0));
process.once('SIGINT', () => void end(0));
process.once('unhandledRejection', (reason) => {
  log.error('unhandled-rejection', { reason: asAppError(reason).message });
  void end(1);
});

await bot.start().catch((error: unknown) => {
  const { code, detail } = asAppError(error);
  process.stderr.write(`${code}: ${detail}\n`);
  process.exit(1);
});
