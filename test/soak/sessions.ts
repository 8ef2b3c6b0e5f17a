import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { idOf, type MailboxId } from '../../services/domain/ids.ts';
import type { ProcessedTurn } from '../../services/domain/processed-turn.ts';
import { MINUTE_MS, SECOND_MS } from '../../services/domain/time.ts';
import { createProbes } from '../../services/probes/index.ts';
import { createTimerScheduler } from '../../services/scheduler/index.ts';
import { openFileStore } from '../../services/store/index.ts';
import { createEmbeddedEngine, type SyncEngine } from '../../services/sync-engine/index.ts';
import { createTurnLag, watchLoad } from '../bench/turn-lag.ts';
import { largeRegistry } from '../support/large-registry.ts';
import { silentLog } from '../support/silent-log.ts';
import { chartOf } from './chart.ts';
import { DOMAIN, PASSWORD, RECIPIENT, startRealMailServers } from './mail-world.ts';

/** 10 000 inboxes every five minutes are 33 sessions a second. */
const MAILBOXES_EACH = 5_000;
const SUBMIT_GAP_MS = SECOND_MS;
const TOLD_EVERY_MS = 15 * SECOND_MS;

interface Slice {
  readonly sessionsASecond: number;
  readonly lagP99: number;
  readonly failed: number;
  readonly heapMb: number;
  readonly rssMb: number;
}

async function submit(engine: SyncEngine, mailboxId: MailboxId, key: string): Promise<string> {
  const answer = await engine.submit(
    { mailboxId, subject: `Offer ${key}`, to: [RECIPIENT], text: 'Hello' },
    {
      actor: { userId: idOf('soak') },
      idempotencyKey: key,
      signal: new AbortController().signal,
    },
  );
  if (answer.kind !== 'pending') throw new TypeError(answer.kind);
  return answer.message.messageId;
}

/** Real IMAP, POP3 and SMTP sessions through the engine; whether all of it stayed well. */
export async function soakSessions(minutes: number): Promise<boolean> {
  const names = ['imap', 'pop3'].flatMap((profile) =>
    Array.from({ length: MAILBOXES_EACH }, (_, index) => `${profile}${index + 1}`),
  );
  const servers = await startRealMailServers(names);
  const directory = await mkdtemp(join(tmpdir(), 'mailbox-medic-soak-'));
  const scheduler = createTimerScheduler({ log: silentLog });
  const store = await openFileStore({ directory, log: silentLog, clock: scheduler });
  const { imap, pop3, smtp } = servers.endpoints;
  const certificateAuthorities = [servers.dovecot.certificates.authority];
  const group = { mailboxes: MAILBOXES_EACH, outgoing: smtp, certificateAuthorities };
  const registry = largeRegistry(
    [
      { ...group, profile: 'imap', incoming: imap },
      { ...group, profile: 'pop3', incoming: pop3 },
    ],
    { password: PASSWORD, domain: DOMAIN },
  );
  let slice = createTurnLag();
  const all = createTurnLag();
  const failures = new Map<string, number>();
  const engine = createEmbeddedEngine({
    registry,
    store,
    scheduler,
    ...createProbes(),
    alertFor: ({ reason }) => idOf(`topic-of-${reason}`),
    log: silentLog,
    onProcessed(turn: ProcessedTurn) {
      if (turn.outcome === 'idle') return;
      slice.add(turn);
      all.add(turn);
    },
  });
  await engine.start(async (event) => {
    if (!('failure' in event)) return;
    const { stage, reason } = event.failure;
    const what = `${event.kind} ${event.direction} ${stage} ${reason}`;
    failures.set(what, (failures.get(what) ?? 0) + 1);
  });
  const load = watchLoad();
  const slices: Slice[] = [];
  const sent: Promise<string>[] = [];
  const ids = [...registry.mailboxes.keys()];
  const began = performance.now();
  const submitting = setInterval(() => {
    const mailboxId = ids[(sent.length * 7_919) % ids.length];
    // The last ones must be able to go before the end.
    const isOver = performance.now() - began > minutes * MINUTE_MS - 150 * SECOND_MS;
    if (mailboxId !== undefined && !isOver)
      sent.push(submit(engine, mailboxId, String(sent.length)));
  }, SUBMIT_GAP_MS);
  console.log(`${ids.length.toLocaleString('en')} mailboxes, ${minutes} minutes`);
  while (performance.now() - began < minutes * MINUTE_MS) {
    await setTimeout(TOLD_EVERY_MS);
    const { turns, failed, p99 } = slice.read();
    slice = createTurnLag();
    const { heapUsed, rss } = process.memoryUsage();
    const sessionsASecond = (turns * SECOND_MS) / TOLD_EVERY_MS;
    slices.push({
      sessionsASecond,
      lagP99: p99,
      failed,
      heapMb: heapUsed / 2 ** 20,
      rssMb: rss / 2 ** 20,
    });
    const at = Math.round((performance.now() - began) / SECOND_MS);
    console.log(
      `${String(at).padStart(5)} s  ${sessionsASecond.toFixed(1)} sessions a second, lag p99 ${p99.toFixed(2)} s, ${failed} failed, heap ${(heapUsed / 2 ** 20).toFixed(0)} MB`,
    );
  }
  clearInterval(submitting);
  const { cpu, loopP99Ms, loopMaxMs, loopMaxCpuMs } = load();
  await engine.stop();
  await scheduler.stop();
  await store.close();
  const arrived = await servers.arrived();
  const expected = new Set(await Promise.all(sent));
  await servers.stop();
  await rm(directory, { recursive: true, force: true });

  const chart = (name: string, unit: string, value: (each: Slice) => number): void =>
    console.log(chartOf(name, slices.map(value), unit));
  console.log('');
  chart('sessions a second', '', ({ sessionsASecond }) => sessionsASecond);
  chart('lag p99', 's', ({ lagP99 }) => lagP99);
  chart('failed', '', ({ failed }) => failed);
  chart('heap', 'MB', ({ heapMb }) => heapMb);
  chart('resident memory', 'MB', ({ rssMb }) => rssMb);
  const { turns, failed, p50, p99, max } = all.read();
  console.log(
    `${turns} sessions, ${failed} failed; due to begun: p50 ${p50.toFixed(2)} s, p99 ${p99.toFixed(2)} s, max ${max.toFixed(2)} s`,
  );
  console.log(
    `CPU of the engine ${(cpu * 100).toFixed(0)} % of a core; event loop late: p99 ${loopP99Ms.toFixed(0)} ms, max ${loopMaxMs.toFixed(0)} ms, own CPU time in the longest gap ${loopMaxCpuMs.toFixed(0)} ms`,
  );
  for (const [what, count] of failures) console.log(`${count} × ${what}`);
  const missing = [...expected].filter((messageId) => !arrived.includes(messageId));
  console.log(
    `${expected.size} messages handed in: ${missing.length} did not arrive, ${arrived.length - new Set(arrived).size} arrived twice`,
  );
  return failed === 0 && missing.length === 0 && arrived.length === expected.size;
}
