import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = join(import.meta.dirname, '../../..');
export const ENGINE_KEY = 'e2e key of thirty-two characters or more';

/** `node dist/bot/engine.js`, which may be killed and started again on its port and data. */
export interface EngineProcess {
  readonly dataDirectory: string;
  /** Of all its starts. */
  readonly output: readonly string[];
  /** What a bot needs to find it. */
  readonly botSettings: Record<string, string>;
  start(): Promise<void>;
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export async function createEngineProcess(registryFile: string): Promise<EngineProcess> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'medic-engine-'));
  const output: string[] = [];
  let port = '0';
  let child = null as ReturnType<typeof spawnEngine> | null;

  return {
    dataDirectory,
    output,
    get botSettings() {
      const ENGINE_URL = `http://127.0.0.1:${port}`;
      return { ENGINE: 'remote', ENGINE_URL, ENGINE_KEY, ENGINE_FILE: '' };
    },
    async start() {
      const started = spawnEngine({
        PORT: port,
        DATA_DIR: dataDirectory,
        ENGINE_FILE: registryFile,
        ENGINE_KEY,
      });
      child = started;
      port = await new Promise((resolve, reject) => {
        const watch = (line: string): void => {
          output.push(line);
          const heard = /"listening".*?:(\d+)/.exec(line)?.[1];
          if (heard !== undefined) resolve(heard);
        };
        createInterface({ input: started.stdout }).on('line', watch);
        createInterface({ input: started.stderr }).on('line', watch);
        started.once('exit', (code) =>
          reject(new Error(`exit ${String(code)}\n${output.join('\n')}`)),
        );
      });
    },
    async stop(signal = 'SIGTERM') {
      if (child === null || child.exitCode !== null || child.signalCode !== null) return null;
      const ended = once(child, 'exit');
      child.kill(signal);
      const [code] = (await ended) as [number | null];
      return code;
    },
  };
}

/** Runs to the end: for starts that must be refused. */
export async function runEngineToEnd(
  env: Record<string, string>,
): Promise<{ readonly code: number | null; readonly output: string }> {
  const child = spawnEngine(env);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

function spawnEngine(env: Record<string, string>) {
  return spawn(process.execPath, [join(ROOT, 'dist/bot/engine.js')], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
