import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = join(import.meta.dirname, '../../..');

export interface RunningDemo {
  readonly output: readonly string[];
  urlFor(person: string): string;
  /** Types a command into the demo's terminal, as `npm run demo:break` sends it; what it answers. */
  command(line: string): Promise<string>;
  stop(): Promise<void>;
}

/** `npm run demo -- …`, up to the moment when it has printed the last address. */
export async function startDemoProcess(
  people: readonly string[],
  args: readonly string[],
): Promise<RunningDemo> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'test/demo/main.ts', ...people.flatMap((name) => ['--as', name]), ...args],
    { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const output: string[] = [];
  const urls = new Map<string, string>();
  const awaitingAnswer: ((line: string) => void)[] = [];
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      output.push(line);
      awaitingAnswer.shift()?.(line);
      const [, name, url] = /^Open as (\S+)[^:]*: (\S+)$/.exec(line) ?? [];
      if (name === undefined || url === undefined) return;
      urls.set(name, url);
      if (urls.size === people.length) resolve();
    });
    child.once('exit', (code) => reject(new Error(`the demo ended with ${String(code)}`)));
  });
  return {
    output,
    urlFor(person) {
      const url = urls.get(person);
      if (url === undefined) throw new Error(`no window for ${person}`);
      return url;
    },
    async command(line) {
      const answer = new Promise<string>((resolve) => awaitingAnswer.push(resolve));
      child.stdin.write(`${line}\n`);
      return answer;
    },
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
