import { type AddressInfo, createServer } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { Protocol, TlsMode } from '../../services/domain/profile.ts';
import { createProbes } from '../../services/probes/index.ts';
import { passwordOf, probeRequest } from '../support/probe-request.ts';
import { timesOf } from './timing.ts';

const TIMES = 40;

interface Obstinate {
  readonly name: string;
  readonly protocol: Protocol;
  readonly tls: TlsMode;
  /** Sent at once, and then for every line of the client; null stays silent for good. */
  readonly greeting: string | null;
  readonly answers: readonly string[];
  /** Sends the greeting byte by byte and never ends. */
  readonly drips?: boolean;
}

// biome-ignore format: a table is read line by line
const OBSTINATE: readonly Obstinate[] = [
  { name: 'black hole, plain', protocol: 'smtp', tls: 'starttls', greeting: null, answers: [] },
  { name: 'black hole in the TLS handshake', protocol: 'imap', tls: 'implicit', greeting: null, answers: [] },
  // The first five bytes of a TLS record that never comes.
  { name: 'half a TLS handshake', protocol: 'pop3', tls: 'implicit', greeting: '\x16\x03\x03\x40\x00', answers: [] },
  { name: 'slow loris in the greeting', protocol: 'imap', tls: 'none', greeting: '* OK ', answers: [], drips: true },
  { name: 'silent at STARTTLS', protocol: 'smtp', tls: 'starttls', greeting: '220 hi\r\n', answers: ['250-hi\r\n250 STARTTLS\r\n'] },
  { name: 'silent at sign-in', protocol: 'pop3', tls: 'none', greeting: '+OK\r\n', answers: ['-ERR\r\n', '+OK\r\n'] },
  { name: 'silent after sign-in', protocol: 'pop3', tls: 'none', greeting: '+OK\r\n', answers: ['-ERR\r\n', '+OK\r\n', '+OK\r\n'] },
];

/** From the cancellation to the outcome, whatever the server does; the promise is 100 ms. */
export async function benchCancelling(): Promise<void> {
  const rows: Record<string, object> = {};
  for (const server of OBSTINATE) {
    const taken: number[] = [];
    for (let time = 0; time < TIMES; time += 1) taken.push(await cancel(server));
    const { median, p99 } = timesOf(taken);
    rows[`${server.protocol}: ${server.name}`] = {
      'median, ms': median.toFixed(2),
      'slowest, ms': p99.toFixed(2),
    };
  }
  console.log(`Cancelled until the outcome is there, ${TIMES} times each; the promise is 100 ms.`);
  console.table(rows);
}

async function cancel({ protocol, tls, greeting, answers, drips }: Obstinate): Promise<number> {
  const controller = new AbortController();
  let begun = Number.NaN;
  const abort = (): void => {
    begun = performance.now();
    controller.abort();
  };
  const server = createServer((socket) => {
    let drip: NodeJS.Timeout | undefined;
    socket.on('error', () => undefined).on('close', () => clearInterval(drip));
    if (greeting !== null) socket.write(greeting, 'latin1');
    if (drips === true) drip = setInterval(() => socket.write('x'), 5);
    const left = [...answers];
    let expected = left.length + (tls === 'implicit' || answers.length > 0 ? 1 : 0);
    if (expected === 0) setTimeout(abort, 20);
    socket.on('data', () => {
      const answer = left.shift();
      if (answer !== undefined) socket.write(answer);
      expected -= 1;
      // The client waits now for what never comes.
      if (expected === 0) setTimeout(abort, 10);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const outcome = await createProbes().probes[protocol]!.run(
    probeRequest({ protocol, host: '127.0.0.1', port, tls }, passwordOf('sesame-open'), {
      allowPlaintextCredentials: true,
      deadlineMs: 60_000,
      signal: controller.signal,
    }),
  );
  const taken = performance.now() - begun;
  if (outcome.outcome !== 'cancelled') throw new TypeError(JSON.stringify(outcome));
  await new Promise((resolve) => server.close(resolve));
  return taken;
}
