import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FailureReason, Stage } from '../../services/domain/failure.ts';
import { idOf, type MailboxId, type ProfileId, type TestRunId } from '../../services/domain/ids.ts';
import type { Endpoint, TlsMode } from '../../services/domain/profile.ts';
import type { TestRun } from '../../services/domain/test-run.ts';
import { loadArticles } from '../../services/knowledge/index.ts';
import { secretOf } from '../../services/observability/index.ts';
import { createProbes, type Probe } from '../../services/probes/index.ts';
import { createPop3Client } from '../../services/probes/pop3-client.ts';
import {
  createAlertFor,
  createEmbeddedEngine,
  type Registry,
  type SyncEngine,
} from '../../services/sync-engine/index.ts';
import { startByteServer } from '../support/byte-server.ts';
import { type CutAt, startCuttingProxy } from '../support/cutting-proxy.ts';
import { createFakeScheduler } from '../support/fake-scheduler.ts';
import { freePorts } from '../support/foreign-daemon.ts';
import { canRunMailServers } from '../support/mail-server-programs.ts';
import { createMemoryStore } from '../support/memory-store.ts';
import {
  ADDRESS_OF,
  PASSWORD,
  type PrivateDovecot,
  startPrivateDovecot,
  WITHOUT_TLS,
} from '../support/private-dovecot.ts';
import { type PrivatePostfix, startPrivatePostfix } from '../support/private-postfix.ts';
import { silentLog } from '../support/silent-log.ts';
import { registryOf } from '../support/sync-registry.ts';

const ANNA = idOf<MailboxId>('anna');
type Protocol = 'imap' | 'pop3' | 'smtp';
const PROTOCOLS = ['imap', 'pop3', 'smtp'] as const;

interface Fault {
  readonly user?: string;
  readonly password?: string;
  readonly host?: string;
  readonly tls?: TlsMode;
  readonly port?: 'refuses' | 'silent' | 'the plain one';
  readonly cutAt?: CutAt;
  readonly trusted?: false;
  /** Somebody else reads the mailbox meanwhile. */
  readonly locked?: true;
}

type Expected = readonly [stage: Stage, reason: FailureReason, alert: string];

const credentials: Expected = ['authenticate', 'credentials-rejected', 'bad-credentials'];
const cut = (stage: Stage): Expected => [stage, 'connection-lost', 'connection-failed'];
const clear = { tls: 'none', host: WITHOUT_TLS } as const;

/** The failure matrix: for all three protocols, or for those that are named. */
// biome-ignore format: a table is read line by line
const MATRIX: readonly (readonly [what: string, fault: Fault, expected: Expected, protocols?: readonly Protocol[]])[] = [
  ['a wrong password', { password: 'not the password' }, credentials],
  ['an unknown user', { user: 'stranger' }, credentials],
  ['a disabled account', { user: 'disabled' }, ['authenticate', 'account-disabled', 'bad-credentials'], ['imap', 'pop3']],
  ['a password database that is down', { user: 'tempfail' }, ['authenticate', 'server-unavailable', 'connection-failed'], ['imap', 'pop3']],
  ['a port that refuses', { port: 'refuses' }, ['connect', 'connection-refused', 'connection-failed']],
  ['a black hole', { port: 'silent' }, ['tls', 'timeout', 'connection-failed']],
  ['a certificate that nobody trusts', { trusted: false }, ['tls', 'certificate-untrusted', 'secure-connection']],
  ['a self-signed certificate', { host: ADDRESS_OF['self-signed'] }, ['tls', 'certificate-untrusted', 'secure-connection']],
  ['an expired certificate', { host: ADDRESS_OF.expired }, ['tls', 'certificate-expired', 'secure-connection']],
  ['a certificate for another name', { host: ADDRESS_OF['wrong-host'] }, ['tls', 'certificate-wrong-host', 'secure-connection']],
  ['TLS on a plain port', { port: 'the plain one' }, ['tls', 'wrong-protocol', 'secure-connection']],
  ['STARTTLS that is not offered', { tls: 'starttls', host: WITHOUT_TLS }, ['tls', 'tls-unavailable', 'secure-connection']],
  ['a connection cut in the handshake', { cutAt: /^\x16/ }, cut('tls')],
  ['a connection cut at STARTTLS', { tls: 'starttls', cutAt: /STARTTLS|STLS/i }, cut('tls')],
  ['a connection cut at sign-in', { ...clear, cutAt: /^(?:\S+ AUTHENTICATE|PASS|AUTH)/ }, cut('authenticate')],
  ['a connection cut at the inbox', { ...clear, cutAt: /^(?:\S+ (?:EXAMINE|SELECT)|STAT|MAIL)/ }, cut('authorise')],
  ['a connection cut at the messages', { ...clear, cutAt: /^(?:\S+ (?:UID FETCH|FETCH|NOOP|STATUS|SEARCH)|UIDL|(?:.|\r|\n)*\r\n\.\r\n)/ }, cut('exchange')],
  ['a mailbox that is full', { user: 'full' }, ['authorise', 'quota-exceeded', 'connection-failed'], ['smtp']],
  ['a mailbox that is locked', { user: 'bob', locked: true }, ['authenticate', 'mailbox-locked', 'connection-failed'], ['pop3']],
];

const rows = MATRIX.flatMap(([what, fault, expected, protocols = PROTOCOLS]) =>
  protocols.map((protocol) => [what, protocol, fault, expected] as const),
);

describe.skipIf(!canRunMailServers())(
  'a fault of a real mail server, from the wire to the alert',
  () => {
    let dovecot: PrivateDovecot;
    let postfix: PrivatePostfix;
    let alertFor: ReturnType<typeof createAlertFor>;

    beforeAll(async () => {
      dovecot = await startPrivateDovecot();
      postfix = await startPrivatePostfix(dovecot);
      const loaded = await loadArticles(join(import.meta.dirname, '../../data/knowledge'));
      if (loaded.kind === 'invalid') throw new TypeError(JSON.stringify(loaded.problems));
      alertFor = createAlertFor(() => [...loaded.articles.values()]);
    });
    afterAll(async () => {
      await postfix.stop();
      await dovecot.stop();
    });

    const ports = (): Record<Protocol, { tls: number; plain: number }> => ({
      imap: { tls: dovecot.ports.imaps, plain: dovecot.ports.imap },
      pop3: { tls: dovecot.ports.pop3s, plain: dovecot.ports.pop3 },
      smtp: { tls: postfix.ports.smtps, plain: postfix.ports.submission },
    });

    /** Where the fault is met, and how it is cleared away. */
    async function place(
      protocol: Protocol,
      fault: Fault,
    ): Promise<{ endpoint: Endpoint; stop: () => Promise<void> }> {
      const { tls = 'implicit', host = 'localhost', cutAt } = fault;
      const real = ports()[protocol];
      const port = tls === 'implicit' && fault.port !== 'the plain one' ? real.tls : real.plain;
      const at = (where: number, on = host): Endpoint => ({ protocol, host: on, port: where, tls });
      const nothing = async (): Promise<void> => undefined;
      if (fault.port === 'refuses')
        return { endpoint: at((await freePorts(1))[0] ?? 0), stop: nothing };
      if (fault.port === 'silent') {
        const hole = await startByteServer({ conversation: () => ({ answer: () => null }) });
        return { endpoint: at(hole.port), stop: () => hole.stop() };
      }
      if (cutAt !== undefined) {
        const upstream = { host: host === 'localhost' ? '127.0.0.1' : host, port };
        const proxy = await startCuttingProxy(upstream, cutAt);
        return { endpoint: at(proxy.port, 'localhost'), stop: () => proxy.stop() };
      }
      return { endpoint: at(port), stop: nothing };
    }

    function registryFor(endpoint: Endpoint, fault: Fault): Registry {
      const { user = 'alice', password = PASSWORD, trusted } = fault;
      const address = `${user}@example.test`;
      const registry = registryOf({ address, insecureChannels: true });
      const id = idOf<ProfileId>('imap');
      const used = registry.profiles.get(id)!;
      const isOutgoing = endpoint.protocol === 'smtp';
      const profile = {
        ...used.profile,
        serverType: endpoint.protocol === 'pop3' ? 'pop3-smtp' : 'imap-smtp',
        ...(isOutgoing ? { outgoing: endpoint } : { incoming: endpoint }),
      } as const;
      const anna = registry.mailboxes.get(ANNA)!;
      const methods = {
        ...anna.methods,
        [isOutgoing ? 'incoming' : 'outgoing']: 'none',
      };
      return {
        ...registry,
        profiles: new Map(registry.profiles).set(id, {
          ...used,
          profile,
          certificateAuthorities: trusted === false ? [] : [dovecot.certificates.authority],
          credentials: { kind: 'password', userName: address, password: { env: 'PASSWORD' } },
        }),
        mailboxes: new Map(registry.mailboxes).set(ANNA, { ...anna, methods }),
        secrets: { read: async () => secretOf(password) },
      };
    }

    async function holdLock(): Promise<() => Promise<void>> {
      const socket = connect({
        host: 'localhost',
        port: dovecot.ports.pop3s,
        ca: dovecot.certificates.authority,
      });
      const holder = createPop3Client(socket);
      await holder.greeting();
      await holder.signInWithPassword('bob@example.test', PASSWORD);
      return async () => {
        await holder.quit();
        socket.destroy();
      };
    }

    it.each(rows)('%s (%s)', async (_what, protocol, fault, [stage, reason, alert]) => {
      const { endpoint, stop } = await place(protocol, fault);
      const release = fault.locked === true ? await holdLock() : null;
      const { probes, senders } = createProbes();
      // The engine's minute is too long for a hole; everything else ends by itself.
      const hurried: Probe = {
        protocol,
        run: (request) => probes[protocol]!.run({ ...request, deadlineMs: 500 }),
      };
      const scheduler = createFakeScheduler();
      const engine = createEmbeddedEngine({
        registry: registryFor(endpoint, fault),
        store: createMemoryStore({ clock: scheduler }),
        scheduler,
        probes: fault.port === 'silent' ? { ...probes, [protocol]: hurried } : probes,
        senders,
        alertFor,
        log: silentLog,
      });
      const changes = new EventEmitter();
      await engine.start(async (event, transaction) => {
        transaction.afterCommit(() => void changes.emit(event.kind));
      });
      const answer = await engine.testAndEnable(ANNA, {
        actor: { userId: idOf('admin') },
        idempotencyKey: 'press',
        signal: new AbortController().signal,
      });
      if (answer.kind !== 'started') throw new TypeError(answer.kind);
      const run = await finished(engine, answer.testRunId, changes);
      const direction = protocol === 'smtp' ? 'outgoing' : 'incoming';
      expect(run.results[direction]).toMatchObject({
        outcome: 'failed',
        failure: { stage, reason },
      });
      const raised = await engine.openAlerts(ANNA);
      expect(raised.map(({ topic }) => topic)).toEqual([alert]);
      await engine.stop();
      await release?.();
      await stop();
    });
  },
);

async function finished(
  engine: SyncEngine,
  id: TestRunId,
  changes: EventEmitter,
): Promise<TestRun> {
  for (;;) {
    const changed = once(changes, 'test-run-changed');
    const run = await engine.testRun(id);
    if (run?.state === 'done') return run;
    await changed;
  }
}
