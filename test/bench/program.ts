import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ANNA, messageFrom, post } from '../e2e/support/activities.ts';
import { type LoopbackCloud, startLoopbackCloud } from '../e2e/support/loopback-cloud.ts';
import { productionEnvironment, startProgram } from '../e2e/support/program.ts';

const TURNS = 150;
const WARM_UP = 20;
const PASTE =
  'Email cannot be received for the mailbox Erik Ek. Make sure that the credentials specified in the mailbox are correct and have sufficient permissions for receiving email. Then, enable the mailbox for email processing.';

interface Measured {
  readonly startMs: number;
  readonly rssMb: number;
  readonly p50: number;
  readonly p99: number;
}

/** Start, memory and one signed turn of the built program, beside a bare echo bot in the same run. */
export async function benchProgram(): Promise<void> {
  const cloud = await startLoopbackCloud();
  const echo = await measureEchoBot(cloud);
  const ours = await measureProgram(cloud);
  await cloud.stop();
  const row = (name: string, mine: number, theirs: number, unit: string): object => ({
    what: name,
    'Mailbox Medic': `${mine.toFixed(1)} ${unit}`,
    'echo bot': `${theirs.toFixed(1)} ${unit}`,
    ratio: (mine / theirs).toFixed(2),
  });
  console.table([
    row('start to listening', ours.startMs, echo.startMs, 'ms'),
    row('memory after the turns', ours.rssMb, echo.rssMb, 'MB'),
    row('turn, pasted alert to reply: median', ours.p50, echo.p50, 'ms'),
    row('turn: p99', ours.p99, echo.p99, 'ms'),
  ]);
  console.log(
    'A turn is: HTTP, token check, tenant guard, diagnosis, live mailbox, card, reply posted; ours stores the card on disk.',
  );
}

async function measureProgram(cloud: LoopbackCloud): Promise<Measured> {
  const began = performance.now();
  const program = await startProgram(cloud);
  const startMs = performance.now() - began;
  const turns = await measureTurns(cloud, program.url);
  const rssMb = await residentMb(program.process.pid);
  await program.stop();
  return { startMs, rssMb, ...turns };
}

async function measureEchoBot(cloud: LoopbackCloud): Promise<Measured> {
  const root = join(import.meta.dirname, '../..');
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [
      '--import',
      join(root, 'test/e2e/support/preload-redirect.mjs'),
      '--import',
      'tsx',
      join(root, 'test/bench/echo-bot.ts'),
    ],
    {
      cwd: root,
      env: { ...productionEnvironment(), LOOPBACK_CLOUD: cloud.url },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const startMs = performance.now() - began;
  const { url } = JSON.parse(line) as { url: string };
  const turns = await measureTurns(cloud, url);
  const rssMb = await residentMb(child.pid);
  const ended = once(child, 'exit');
  child.kill();
  await ended;
  return { startMs, rssMb, ...turns };
}

async function measureTurns(
  cloud: LoopbackCloud,
  url: string,
): Promise<{ p50: number; p99: number }> {
  const token = await cloud.token();
  const times: number[] = [];
  for (let turn = 0; turn < TURNS + WARM_UP; turn += 1) {
    const before = cloud.sent.length;
    const began = performance.now();
    const replied = cloud.next(
      (one) => cloud.sent.indexOf(one) >= before && one.body.type === 'message',
    );
    await Promise.all([post(url, messageFrom(ANNA, PASTE), token), replied]);
    if (turn >= WARM_UP) times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(share * (times.length - 1))] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}

async function residentMb(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8').catch(() => '');
  const kilobytes = /VmRSS:\s+(\d+)/.exec(status)?.[1];
  return Number(kilobytes ?? Number.NaN) / 1024;
}
