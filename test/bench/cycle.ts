import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { idOf, type MailboxId } from '../../services/domain/ids.ts';
import { NORMAL_GAP_MS } from '../../services/domain/polling-interval.ts';
import type { Endpoint } from '../../services/domain/profile.ts';
import { MINUTE_MS, SECOND_MS } from '../../services/domain/time.ts';
import { createTimerScheduler } from '../../services/scheduler/index.ts';
import { openFileStore, type Store } from '../../services/store/index.ts';
import { createEmbeddedEngine, type Registry } from '../../services/sync-engine/index.ts';
import { seeded } from '../generated/random.ts';
import { largeRegistry, type MailboxGroup, workingStates } from '../support/large-registry.ts';
import { silentLog } from '../support/silent-log.ts';
import { createSimulatedServers } from './simulated-servers.ts';
import { createTurnLag, watchLoad } from './turn-lag.ts';

const at = (host: string, protocol: 'imap' | 'smtp'): Endpoint => ({
  protocol,
  host: `${host}.test`,
  port: protocol === 'imap' ? 993 : 587,
  tls: protocol === 'imap' ? 'implicit' : 'starttls',
});
const group = (profile: string, mailboxes: number, host: string): MailboxGroup => ({
  profile,
  mailboxes,
  incoming: at(host, 'imap'),
  outgoing: at(host.replace('black-hole', 'quick'), 'smtp'),
});

/** 10 000 mailboxes, 20 000 directions; the black hole swallows connections until the deadline. */
const GROUPS: readonly MailboxGroup[] = [
  group('cloud', 6_000, 'cloud'),
  group('contoso', 2_500, 'quick.contoso'),
  ...Array.from({ length: 12 }, (_, n) => group(`small-${n}`, 100, `quick.small-${n}`)),
  group('overloaded', 100, 'slow'),
  group('dead', 200, 'black-hole'),
];
/** A whole cycle: each mailbox is due at least once. */
const MEASURED_MS = NORMAL_GAP_MS + MINUTE_MS;
const SUBMITTED_EACH_SECOND = 2;

function collected(): NodeJS.MemoryUsage {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage();
}

/** Counts what is written, and by how many transactions. */
function counting(store: Store): {
  store: Store;
  written: () => { commits: number; records: number };
} {
  let commits = 0;
  let records = 0;
  return {
    written: () => ({ commits, records }),
    store: {
      ...store,
      transact: (work) =>
        store.transact(async (transaction) => {
          const before = records;
          const result = await work({
            ...transaction,
            put: (collection, record) => {
              records += 1;
              return transaction.put(collection, record);
            },
          });
          if (records > before) commits += 1;
          return result;
        }),
    },
  };
}

function submitter(
  engine: ReturnType<typeof createEmbeddedEngine>,
  registry: Registry,
  random: ReturnType<typeof seeded>,
): NodeJS.Timeout {
  const ids = [...registry.mailboxes.keys()].filter((id) => !id.startsWith('dead'));
  let number = 0;
  return setInterval(() => {
    const mailboxId: MailboxId = random.pick(ids);
    const message = { mailboxId, subject: 'Offer', to: ['b@fabrikam.test'], text: 'Hello' };
    const signal = new AbortController().signal;
    const idempotencyKey = String((number += 1));
    void engine.submit(message, { actor: { userId: idOf('bench') }, idempotencyKey, signal });
  }, SECOND_MS / SUBMITTED_EACH_SECOND);
}

/** Prints how late 10 000 mailboxes are looked at in one cycle of real time, and what that costs. */
export async function benchCycle(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'mailbox-medic-cycle-'));
  const scheduler = createTimerScheduler({ log: silentLog });
  const random = seeded('cycle');
  const before = collected();
  const registry = largeRegistry(GROUPS, { password: 'secret', domain: 'contoso.test' });
  const opened = await openFileStore({ directory, log: silentLog, clock: scheduler });
  await opened.transact(async (transaction) => {
    for (const state of workingStates(registry)) await transaction.put('mailboxStates', state);
  });
  const { store, written } = counting(opened);
  const servers = createSimulatedServers(random);
  const lags = new Map(
    GROUPS.map(({ profile }) => [profile.replace(/-\d+$/, ''), createTurnLag()]),
  );
  const engine = createEmbeddedEngine({
    registry,
    store,
    scheduler,
    probes: servers.probes,
    senders: servers.senders,
    alertFor: ({ reason }) => idOf(`topic-of-${reason}`),
    log: silentLog,
    onProcessed: (turn) => lags.get(turn.profileId.replace(/-\d+$/, ''))?.add(turn),
  });
  await engine.start(async () => undefined);
  const after = collected();
  const submitting = submitter(engine, registry, random);
  const load = watchLoad();
  const told = `${registry.mailboxes.size.toLocaleString('en')} mailboxes, ${MEASURED_MS / MINUTE_MS} minutes of real time`;
  console.log(`${told}: please wait`);
  await setTimeout(MEASURED_MS);
  const { cpu, ...loop } = load();
  clearInterval(submitting);
  const peak = process.memoryUsage();
  await engine.stop();
  await scheduler.stop();
  await store.close();
  await rm(directory, { recursive: true, force: true });

  const seconds = (value: number): string => value.toFixed(value < 10 ? 2 : 0);
  console.table(
    [...lags].map(([profile, lag]) => {
      const { turns, failed, p50, p99, max } = lag.read();
      const late = { 'p50 s': seconds(p50), 'p99 s': seconds(p99), 'max s': seconds(max) };
      return { profile, turns, failed, 'lag, due to begun:': '', ...late };
    }),
  );
  const mb = (bytes: number): string => `${(bytes / 1_048_576).toFixed(0)} MB`;
  const { commits, records } = written();
  const { begun, most } = servers.sessions();
  console.table({
    sessions: `${begun} (${((begun * SECOND_MS) / MEASURED_MS).toFixed(1)} a second), at most ${most} at once`,
    'CPU, share of one core': `${(cpu * 100).toFixed(1)} %`,
    'event loop late, p50 / p99 / max': `${Object.values(loop)
      .slice(0, 3)
      .map((ms) => ms.toFixed(1))
      .join(' / ')} ms`,
    'own CPU time in its longest gap': `${loop.loopMaxCpuMs.toFixed(1)} ms`,
    'heap for 10 000 mailboxes, registry, states and timers': mb(after.heapUsed - before.heapUsed),
    'resident memory at the end': mb(peak.rss),
    'store writes': `${records} records in ${commits} transactions`,
  });
}
