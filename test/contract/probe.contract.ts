import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { STAGES, type Stage } from '../../services/domain/failure.ts';
import type { Protocol, TlsMode } from '../../services/domain/profile.ts';
import type { StageResult } from '../../services/domain/test-run.ts';
import type { Probe, ProbeCredentials, ProbeRequest } from '../../services/probes/index.ts';
import {
  type Answer,
  type ByteServer,
  type Conversation,
  startByteServer,
} from '../support/byte-server.ts';
import { freePorts } from '../support/foreign-daemon.ts';
import { probeRequest } from '../support/probe-request.ts';
import { createTestCertificates, type TestCertificates } from '../support/test-certificates.ts';

/** Stages in which a server speaks the probe's own protocol. */
export type SpokenStage = Extract<Stage, 'greeting' | 'authenticate' | 'authorise' | 'exchange'>;

/** What the contract must know about a protocol to play its server. */
export interface ProbeUnderTest {
  readonly protocol: Protocol;
  /** A new one for each test. */
  readonly create: () => Probe;
  /** TLS of the played server; `none` keeps the bytes readable. */
  readonly tls: Extract<TlsMode, 'implicit' | 'none'>;
  readonly stages: readonly SpokenStage[];
  readonly secret: string;
  readonly credentials: (port: number) => ProbeCredentials;
  readonly request?: Partial<ProbeRequest>;
  /** A server that answers rightly, except at `fault`, where it gives the `answer`. */
  readonly server: (fault?: {
    readonly at: SpokenStage;
    readonly answer: Answer;
  }) => (connection: number) => Conversation;
  /** What a client has sent when a server that is silent at this stage must answer; null: it only connects. */
  readonly sentBefore: Readonly<Partial<Record<SpokenStage, string>>>;
  /** How the protocol takes leave; null where it has no word for it. */
  readonly farewell: string | null;
  /** The server's words for a refused sign-in that repeats what it was given. */
  readonly refusalWith: (text: string) => Answer;
}

/** Too long to be what ended a test: vitest gives up first. */
const NEVER_MS = 60_000;

/** What every probe promises, whatever it speaks. */
export function probeContract(subject: ProbeUnderTest): void {
  let certificates: TestCertificates;
  let server: ByteServer;

  beforeAll(async () => {
    certificates = await createTestCertificates();
  });
  afterEach(() => server.stop());

  async function serve(fault?: {
    readonly at: SpokenStage;
    readonly answer: Answer;
  }): Promise<void> {
    server = await startByteServer({
      conversation: subject.server(fault),
      ...(subject.tls === 'implicit' && { tls: certificates.leaf.good }),
    });
  }
  function requestTo(port: number, rest: Partial<ProbeRequest> = {}): ProbeRequest {
    const endpoint = { protocol: subject.protocol, host: '127.0.0.1', port, tls: subject.tls };
    return probeRequest(endpoint, subject.credentials(port), {
      certificateAuthorities: [certificates.authority],
      allowPlaintextCredentials: true,
      deadlineMs: NEVER_MS,
      ...subject.request,
      ...rest,
    });
  }

  describe(`the ${subject.protocol} probe`, () => {
    it('passes on a good server and reports every stage once, in order, as it happens', async () => {
      await serve();
      const seen: StageResult[] = [];
      const outcome = await subject
        .create()
        .run(requestTo(server.port, { onStage: (stage) => seen.push(stage) }));
      expect(outcome.outcome).toBe('passed');
      expect(outcome.stages.map(({ stage }) => stage)).toEqual([...STAGES]);
      expect(outcome.stages.some(({ outcome: result }) => result === 'failed')).toBe(false);
      expect(seen).toEqual(outcome.stages);
      await server.untilIdle();
      if (subject.farewell !== null) await server.untilReceived(subject.farewell);
    });

    it('says that nobody listens', async () => {
      await serve();
      const [port = 0] = await freePorts(1);
      expect(await subject.create().run(requestTo(port))).toMatchObject({
        outcome: 'failed',
        failure: {
          stage: 'connect',
          reason: 'connection-refused',
          nature: 'transient',
          scope: 'profile',
        },
      });
    });

    it.each(subject.stages)('says that the server hung up in %s', async (at) => {
      await serve({ at, answer: 'HANG UP' });
      const outcome = await subject.create().run(requestTo(server.port));
      expect(outcome).toMatchObject({
        outcome: 'failed',
        failure: { stage: at, reason: 'connection-lost', nature: 'transient' },
      });
      expect(outcome.stages.at(-1)).toMatchObject({ stage: at, outcome: 'failed' });
      await server.untilIdle();
    });

    // A reset before the greeting may reach the client while it still connects.
    const answering = subject.stages.filter((stage) => stage !== 'greeting');
    it.each(answering)('says that the connection was reset in %s', async (at) => {
      await serve({ at, answer: 'RESET' });
      expect(await subject.create().run(requestTo(server.port))).toMatchObject({
        outcome: 'failed',
        failure: { stage: at, reason: 'connection-lost', nature: 'transient' },
      });
      await server.untilIdle();
    });

    it.each(subject.stages)(
      'gives up at its one deadline on a server that is silent in %s',
      async (at) => {
        await serve({ at, answer: 'SILENCE' });
        expect(
          await subject.create().run(requestTo(server.port, { deadlineMs: 400 })),
        ).toMatchObject({
          outcome: 'failed',
          failure: { stage: at, reason: 'timeout', nature: 'transient' },
        });
        await server.untilIdle();
      },
    );

    it.each(subject.stages)(
      'stops at once and lets go of the server when it is cancelled in %s',
      async (at) => {
        await serve({ at, answer: 'SILENCE' });
        const controller = new AbortController();
        const running = subject.create().run(requestTo(server.port, { signal: controller.signal }));
        await server.untilConnected();
        await server.untilReceived(subject.sentBefore[at] ?? '');
        controller.abort();
        // The deadline is a minute away: only the cancellation can have ended these two.
        expect((await running).outcome).toBe('cancelled');
        await server.untilIdle();
      },
    );

    it('does not even connect when it is cancelled before it starts', async () => {
      await serve();
      const outcome = await subject
        .create()
        .run(requestTo(server.port, { signal: AbortSignal.abort() }));
      expect(outcome).toEqual({ outcome: 'cancelled', stages: [] });
      expect(server.connections).toBe(0);
    });

    it('shows a refusal that repeats the secret without the secret, short and on one line', async () => {
      const encoded = Buffer.from(subject.secret).toString('base64');
      const echo = `you said ${subject.secret} or ${encoded} \u001b[31m ${'x'.repeat(2_000)}`;
      await serve({ at: 'authenticate', answer: subject.refusalWith(echo) });
      const outcome = await subject.create().run(requestTo(server.port));
      expect(outcome.outcome).toBe('failed');
      const values = outcome.stages.flatMap(({ evidence }) => evidence.map(({ value }) => value));
      expect(values.join('\n')).toContain('you said [secret] or [secret]');
      expect(JSON.stringify(outcome)).not.toContain(subject.secret);
      expect(JSON.stringify(outcome)).not.toContain(encoded);
      expect(values.join('')).not.toMatch(/\p{Cc}/u);
      for (const value of values) expect(value.length).toBeLessThanOrEqual(301);
      await server.untilIdle();
    });
  });
}
