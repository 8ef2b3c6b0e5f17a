import { performance } from 'node:perf_hooks';
import { connect } from 'node:tls';
import { ImapFlow } from 'imapflow';
import { createTransport } from 'nodemailer';
import { createProbes } from '../../services/probes/index.ts';
import { createPop3Client } from '../../services/probes/pop3-client.ts';
import { canRunMailServers } from '../support/mail-server-programs.ts';
import { PASSWORD, startPrivateDovecot } from '../support/private-dovecot.ts';
import { startPrivatePostfix } from '../support/private-postfix.ts';
import { passwordOf, probeRequest } from '../support/probe-request.ts';
import { benchCancelling } from './probes-cancelling.ts';

const PAIRS = 24;
const TESTS = 20;
/** At once; both sides alike. */
const CONCURRENCY = 4;
const USER = 'alice@example.test';

type Session = () => Promise<void>;

interface Contest {
  readonly name: string;
  readonly ours: Session;
  readonly bare: Session;
}

interface Cost {
  readonly cpuMs: number;
  readonly perSecond: number;
}

/**
 * A whole test, from name resolution to QUIT, with its evidence, against the bare client library doing
 * the same errand on the same Dovecot and Postfix: interleaved pairs, the median of their quotients.
 */
export async function benchProbes(): Promise<void> {
  await benchCancelling();
  if (!canRunMailServers()) return;
  const dovecot = await startPrivateDovecot();
  const postfix = await startPrivatePostfix(dovecot);
  const ca = dovecot.certificates.authority;
  const { probes } = createProbes();

  const ours =
    (protocol: 'imap' | 'pop3' | 'smtp', port: number): Session =>
    async () => {
      const outcome = await probes[protocol]!.run(
        probeRequest({ protocol, host: 'localhost', port, tls: 'implicit' }, passwordOf(PASSWORD), {
          certificateAuthorities: [ca],
          deadlineMs: 60_000,
        }),
      );
      if (outcome.outcome !== 'passed') throw new TypeError(JSON.stringify(outcome));
    };
  const { imaps, pop3s } = dovecot.ports;
  const { smtps } = postfix.ports;
  try {
    await contend([
      {
        name: 'IMAP (imapflow)',
        ours: ours('imap', imaps),
        bare: () => bareImap(imaps, ca),
      },
      {
        name: 'POP3 (commands on a TLS socket)',
        ours: ours('pop3', pop3s),
        bare: () => barePop3(pop3s, ca),
      },
      {
        name: 'SMTP (nodemailer verify)',
        ours: ours('smtp', smtps),
        bare: () => bareSmtp(smtps, ca),
      },
    ]);
  } finally {
    await postfix.stop();
    await dovecot.stop();
  }
}

async function contend(contests: readonly Contest[]): Promise<void> {
  const rows: Record<string, object> = {};
  for (const { name, ours, bare } of contests) {
    await costOf(ours);
    await costOf(bare);
    const pairs: { ours: Cost; bare: Cost }[] = [];
    for (let pair = 0; pair < PAIRS; pair += 1) {
      if (pair % 2 === 0) {
        const first = await costOf(ours);
        pairs.push({ ours: first, bare: await costOf(bare) });
      } else {
        const first = await costOf(bare);
        pairs.push({ bare: first, ours: await costOf(ours) });
      }
    }
    const middle = (value: (pair: (typeof pairs)[number]) => number): number =>
      median(pairs.map(value));
    rows[name] = {
      'CPU per test, ms': middle((pair) => pair.ours.cpuMs).toFixed(2),
      'bare, ms': middle((pair) => pair.bare.cpuMs).toFixed(2),
      'CPU: bare / ours': middle((pair) => pair.bare.cpuMs / pair.ours.cpuMs).toFixed(2),
      'tests/s': middle((pair) => pair.ours.perSecond).toFixed(0),
      'bare/s': middle((pair) => pair.bare.perSecond).toFixed(0),
      'tests/s: ours / bare': middle((pair) => pair.ours.perSecond / pair.bare.perSecond).toFixed(
        2,
      ),
    };
  }
  console.log(
    `${PAIRS} interleaved pairs of ${TESTS} whole tests, ${CONCURRENCY} at once, on real Dovecot and Postfix; medians. The aim is 0.90 and more.`,
  );
  console.table(rows);
}

async function costOf(session: Session): Promise<Cost> {
  let left = TESTS;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await session();
    }
  };
  const cpu = process.cpuUsage();
  const began = performance.now();
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { cpuMs: (user + system) / 1000 / TESTS, perSecond: TESTS / seconds };
}

async function bareImap(port: number, ca: string): Promise<void> {
  const client = new ImapFlow({
    host: 'localhost',
    port,
    secure: true,
    auth: { user: USER, pass: PASSWORD },
    tls: { ca },
    logger: false,
    disableAutoIdle: true,
  });
  client.on('error', () => undefined);
  await client.connect();
  const inbox = await client.mailboxOpen('INBOX', { readOnly: true });
  if (inbox.exists > 0) await client.fetchOne('*', { uid: true, internalDate: true });
  else await client.noop();
  await client.logout();
}

async function barePop3(port: number, ca: string): Promise<void> {
  const socket = connect({ host: 'localhost', port, ca });
  socket.on('error', () => undefined);
  const client = createPop3Client(socket);
  await client.greeting();
  await client.signInWithPassword(USER, PASSWORD);
  await client.status();
  await client.listUids(() => undefined);
  await client.quit();
  socket.destroy();
}

async function bareSmtp(port: number, ca: string): Promise<void> {
  const transport = createTransport({
    host: 'localhost',
    port,
    secure: true,
    forceAuth: true,
    auth: { user: USER, pass: PASSWORD },
    tls: { ca },
  });
  await transport.verify();
  transport.close();
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
