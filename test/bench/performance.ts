import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { idOf, type MailboxId, type ProfileId } from '../../services/domain/ids.ts';
import type { ProcessedTurn } from '../../services/domain/processed-turn.ts';
import { instantOf, MINUTE_MS } from '../../services/domain/time.ts';
import { openFileStore } from '../../services/store/index.ts';
import { createPerformanceQueries } from '../../services/sync-engine/embedded/performance.ts';
import { createTurnRecorder } from '../../services/sync-engine/turn-recorder.ts';
import { createFakeScheduler } from '../support/fake-scheduler.ts';
import { silentLog } from '../support/silent-log.ts';
import { registryOf } from '../support/sync-registry.ts';

const MAILBOXES = 10_000;
const SLICES = 12;
const ALL = { organizationId: null, profileId: null, concerning: null } as const;

interface Cost {
  readonly ms: number;
  readonly cpuMs: number;
  readonly blockMs: number;
}

async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  let blockMs = 0;
  let at = performance.now();
  const watch = setInterval(() => {
    blockMs = Math.max(blockMs, performance.now() - at);
    at = performance.now();
  }, 1);
  const cpu = process.cpuUsage();
  const began = performance.now();
  await work();
  const ms = performance.now() - began;
  const { user, system } = process.cpuUsage(cpu);
  clearInterval(watch);
  return { ms, cpuMs: (user + system) / 1_000, blockMs: Math.max(blockMs, 0) };
}

async function bytesIn(directory: string, files: RegExp): Promise<number> {
  const names = (await readdir(directory, { recursive: true })).filter((name) => files.test(name));
  const sizes = await Promise.all(
    names.map(async (name) => (await stat(join(directory, name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Bytes that this process has handed to the disk; Linux counts them. */
async function written(): Promise<number> {
  const io = await readFile('/proc/self/io', 'utf8').catch(() => '');
  return Number(/write_bytes: (\d+)/u.exec(io)?.[1] ?? Number.NaN);
}

/** What the statistics of 10 000 mailboxes cost: a slice of five minutes, and the dashboard's questions. */
export async function benchPerformance(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'mailbox-medic-bench-'));
  const scheduler = createFakeScheduler();
  const store = await openFileStore({ directory, log: silentLog, clock: scheduler });
  const small = registryOf({ enabled: ['incoming', 'outgoing'] });
  const anna = small.mailboxes.get(idOf('anna'))!;
  const ids = Array.from({ length: MAILBOXES }, (_, n) => idOf<MailboxId>(`mailbox-${String(n)}`));
  const mailboxes = new Map(ids.map((id) => [id, { ...anna, id, name: id }]));
  const registry = { ...small, mailboxes };
  const recorder = createTurnRecorder({
    mailboxes: registry.mailboxes,
    store,
    scheduler,
    log: silentLog,
  });
  const queries = createPerformanceQueries({ registry, store, scheduler }, recorder);
  recorder.start();
  const turn = (mailboxId: MailboxId, direction: 'incoming' | 'outgoing'): ProcessedTurn => ({
    mailboxId,
    profileId: idOf<ProfileId>('imap'),
    direction,
    scheduledAt: instantOf(scheduler.now() - 40),
    startedAt: instantOf(scheduler.now() - 30),
    completedAt: instantOf(scheduler.now() + 270),
    outcome: 'passed',
    itemsProcessed: 3,
    itemsFailed: 0,
    backlog: 0,
  });
  try {
    const slices: Cost[] = [];
    let recordMs = 0;
    const before = await written();
    for (let slice = 0; slice < SLICES; slice++) {
      const began = performance.now();
      for (const id of ids) {
        recorder.record(turn(id, 'incoming'));
        recorder.record(turn(id, 'outgoing'));
      }
      recordMs += performance.now() - began;
      slices.push(await costOf(() => scheduler.advance(5 * MINUTE_MS)));
    }
    const summary = await costOf(() => queries.performanceSummary(ALL));
    const worst = await costOf(() =>
      queries.performanceMailboxes(ALL, { by: 'worst' }, { after: null, limit: 20 }),
    );
    await store.close();
    const last = slices.at(-1)!;
    console.log(
      `Statistics of ${MAILBOXES.toLocaleString('en')} mailboxes, ${SLICES} slices of 5 minutes`,
    );
    console.table({
      'a slice with full histories': row(last),
      'the summary': row(summary),
      'the worst 20': row(worst),
    });
    const mb = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;
    console.log(
      [
        `recording one turn: ${((recordMs * 1_000) / (SLICES * MAILBOXES * 2)).toFixed(2)} µs`,
        `histories on disk, without backups: ${mb(await bytesIn(directory, /turn-(histories|hours)[^/]*\.json$/u))}`,
        `written per slice, redo log, files and backups together: ${mb(((await written()) - before) / SLICES)}`,
      ].join('\n'),
    );
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

const row = ({ ms, cpuMs, blockMs }: Cost): Record<string, string> => ({
  ms: ms.toFixed(0),
  'cpu ms': cpuMs.toFixed(0),
  'longest block ms': blockMs.toFixed(1),
});
