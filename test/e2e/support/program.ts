import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { APP_ID, type LoopbackCloud, TENANT_ID } from './loopback-cloud.ts';

const ROOT = join(import.meta.dirname, '../../..');

export interface Program {
  readonly url: string;
  readonly dataDirectory: string;
  readonly output: readonly string[];
  readonly process: ChildProcess;
  /** SIGTERM by default; gives the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Settings as a customer would have them; only files and the port are the test's own. */
export function productionEnvironment(
  changes: Record<string, string> = {},
): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    NODE_ENV: 'production',
    PORT: '0',
    MicrosoftAppId: APP_ID,
    MicrosoftAppPassword: 'a client secret',
    MicrosoftAppTenantId: TENANT_ID,
    ENGINE_FILE: join(ROOT, 'test/e2e/fixtures/mailboxes.yaml'),
    DIRECTORY_FILE: join(ROOT, 'test/e2e/fixtures/people.yaml'),
    ...changes,
  };
}

/** Starts `node dist/bot/main.js` and waits until it says where it listens. */
export async function startProgram(
  cloud: LoopbackCloud,
  changes: Record<string, string> = {},
): Promise<Program> {
  const dataDirectory = changes.DATA_DIR ?? (await mkdtemp(join(tmpdir(), 'medic-')));
  const child = spawnProgram({
    ...productionEnvironment({ DATA_DIR: dataDirectory, ...changes }),
    LOOPBACK_CLOUD: cloud.url,
  });
  const output: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    const watch = (line: string): void => {
      output.push(line);
      const port = /"listening".*?:(\d+)/.exec(line)?.[1];
      if (port !== undefined) resolve(`http://127.0.0.1:${port}`);
    };
    createInterface({ input: child.stdout! }).on('line', watch);
    createInterface({ input: child.stderr! }).on('line', watch);
    child.once('exit', (code) => reject(new Error(`exit ${String(code)}\n${output.join('\n')}`)));
  });
  return {
    url,
    dataDirectory,
    output,
    process: child,
    async stop(signal = 'SIGTERM') {
      if (child.exitCode !== null) return child.exitCode;
      const ended = once(child, 'exit');
      child.kill(signal);
      const [code] = (await ended) as [number | null];
      return code;
    },
  };
}

/** Runs to the end: for starts that must be refused. */
export async function runToEnd(
  env: Record<string, string>,
): Promise<{ readonly code: number | null; readonly output: string }> {
  const child = spawnProgram({ LOOPBACK_CLOUD: 'http://127.0.0.1:9', ...env });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

function spawnProgram(env: Record<string, string>): ChildProcess {
  return spawn(
    process.execPath,
    [
      '--import',
      join(ROOT, 'test/e2e/support/preload-redirect.mjs'),
      join(ROOT, 'dist/bot/main.js'),
    ],
    { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] },
  );
}
