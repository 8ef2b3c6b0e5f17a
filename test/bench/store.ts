import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import type { MailboxState } from '../../services/domain/mailbox-state.ts';
import { createTimerScheduler } from '../../services/scheduler/index.ts';
import { openFileStore } from '../../services/store/index.ts';
import { silentLog } from '../support/silent-log.ts';
import { mailboxState } from '../support/store-records.ts';

const SIZES = [100, 1_000, 10_000];
/** Enough to pass a checkpoint (256 commits) on the way. */
const WRITES = 400;
/** lowdb's own writer takes 100 ms a write at 10 000 records. */
const LOWDB_WRITES = 30;
const CONCURRENT = 100;

interface Writer {
  readonly write: (id: string, version: number) => Promise<unknown>;
  readonly writeAll: (states: readonly MailboxState[]) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

interface Measured {
  readonly p50: number;
  readonly p99: number;
  readonly concurrentMs: number;
  readonly block: Block;
  /** While one transaction writes all records. */
  readonly allBlock: Block;
  readonly openBlock: Block;
  readonly openMs: number;
}

const idOf = (number: number): string => `mailbox-${number % 100_000}`;
const populate = (size: number): MailboxState[] =>
  Array.from({ length: size }, (_, number) => mailboxState(idOf(number)));

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

interface Block {
  readonly wallMs: number;
  /**
   * The processor time of this process in the longest gap, garbage collection included: on a busy
   * machine the rest of the gap is other programs' turn. An upper bound, since it counts the
   * threads that write files, too.
   */
  readonly cpuMs: number;
}

/** Milliseconds taken, and the longest time in which the event loop ran nothing else. */
async function watched(work: () => Promise<unknown>): Promise<{ ms: number; block: Block }> {
  let wallMs = 0;
  let cpuMs = 0;
  let at = performance.now();
  let cpu = process.cpuUsage();
  const probe = setInterval(() => {
    const gapMs = performance.now() - at;
    const spent = process.cpuUsage(cpu);
    wallMs = Math.max(wallMs, gapMs);
    cpuMs = Math.max(cpuMs, Math.min(gapMs, (spent.user + spent.system) / 1_000));
    at = performance.now();
    cpu = process.cpuUsage();
  }, 1);
  // One tick before and one after the work.
  await setTimeout(5);
  const ms = await timed(work);
  await setTimeout(5);
  clearInterval(probe);
  return { ms, block: { wallMs, cpuMs } };
}

const longest = (...blocks: readonly Block[]): Block => ({
  wallMs: Math.max(...blocks.map(({ wallMs }) => wallMs)),
  cpuMs: Math.max(...blocks.map(({ cpuMs }) => cpuMs)),
});

async function measure(
  size: number,
  writes: number,
  open: () => Promise<Writer>,
): Promise<Measured> {
  const opened: Writer[] = [];
  const opening = await watched(async () => opened.push(await open()));
  const [writer] = opened;
  if (writer === undefined) return Promise.reject(new RangeError('the store did not open'));
  const latencies: number[] = [];
  const singly = await watched(async () => {
    for (let version = 2; version < writes + 2; version++) {
      latencies.push(await timed(() => writer.write(idOf((version * 7_919) % size), version)));
    }
  });
  const ids = Array.from({ length: CONCURRENT }, (_, n) => idOf((n * 7_919) % size));
  const atOnce = await watched(() => Promise.all(ids.map((id) => writer.write(id, 9_999))));
  const states = populate(size);
  const all = await watched(() => writer.writeAll(states));
  const closing = await watched(writer.close);
  latencies.sort((one, other) => one - other);
  return {
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    concurrentMs: atOnce.ms,
    block: longest(singly.block, atOnce.block, closing.block),
    allBlock: all.block,
    openBlock: opening.block,
    openMs: opening.ms,
  };
}

async function ours(directory: string, size: number): Promise<Measured> {
  const scheduler = createTimerScheduler({ log: silentLog });
  const open = () => openFileStore({ directory, log: silentLog, clock: scheduler });
  const first = await open();
  await first.transact(async (transaction) => {
    for (const state of populate(size)) await transaction.put('mailboxStates', state);
  });
  await first.close();
  return measure(size, WRITES, async () => {
    const store = await open();
    return {
      write: (id, version) =>
        store.transact((transaction) =>
          transaction.put('mailboxStates', mailboxState(id, { version })),
        ),
      writeAll: (states) =>
        store.transact(async (transaction) => {
          for (const state of states) await transaction.put('mailboxStates', state);
        }),
      close: () => store.close(),
    };
  });
}

async function plainLowdb(directory: string, size: number): Promise<Measured> {
  const path = join(directory, 'db.json');
  const states = Object.fromEntries(populate(size).map((state) => [state.id, state]));
  await new Low(new JSONFile<Record<string, MailboxState>>(path), states).write();
  return measure(size, LOWDB_WRITES, async () => {
    const db = new Low(new JSONFile<Record<string, MailboxState>>(path), {});
    await db.read();
    return {
      write(id, version) {
        db.data[id] = mailboxState(id, { version });
        return db.write();
      },
      writeAll(states) {
        for (const state of states) db.data[state.id] = state;
        return db.write();
      },
      close: async () => undefined,
    };
  });
}

const shown = ({ wallMs, cpuMs }: Block): string => `${wallMs.toFixed(1)} (${cpuMs.toFixed(1)})`;

/** Prints write latency and the longest event-loop block, next to lowdb's own JSONFile. */
export async function benchStore(): Promise<void> {
  const rows: Record<string, string>[] = [];
  const idle = await watched(() => setTimeout(2_000));
  for (const size of SIZES) {
    const directory = await mkdtemp(join(tmpdir(), 'mailbox-medic-bench-'));
    try {
      const store = await ours(directory, size);
      const lowdb = await plainLowdb(directory, size);
      const row = (name: string, measured: Measured): Record<string, string> => ({
        'mailbox states': size.toLocaleString('en'),
        store: name,
        'write p50 ms': measured.p50.toFixed(2),
        'p99 ms': measured.p99.toFixed(2),
        [`${CONCURRENT} at once ms`]: measured.concurrentMs.toFixed(1),
        'block ms (cpu)': shown(measured.block),
        'all in one: block': shown(measured.allBlock),
        'open ms': measured.openMs.toFixed(0),
        'open: block': shown(measured.openBlock),
      });
      const times = (one: number, other: number): string => `${(other / one).toFixed(1)} ×`;
      rows.push(row('ours, fsynced', store), row('lowdb JSONFile, no fsync', lowdb), {
        'mailbox states': '',
        store: 'lowdb / ours',
        'write p50 ms': times(store.p50, lowdb.p50),
        'p99 ms': times(store.p99, lowdb.p99),
        [`${CONCURRENT} at once ms`]: times(store.concurrentMs, lowdb.concurrentMs),
        'block ms (cpu)': times(store.block.cpuMs, lowdb.block.cpuMs),
        'all in one: block': times(store.allBlock.cpuMs, lowdb.allBlock.cpuMs),
        'open ms': times(store.openMs, lowdb.openMs),
        'open: block': times(store.openBlock.cpuMs, lowdb.openBlock.cpuMs),
      });
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }
  console.log('Store: single-mailbox transactions (latency includes fsync of file and folder)');
  console.log(`Idle for 2 s on this machine, now: longest block ${shown(idle.block)} ms (cpu)`);
  console.table(rows);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await benchStore();
