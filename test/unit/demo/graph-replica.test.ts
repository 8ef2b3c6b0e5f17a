import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Direction } from '../../../services/domain/mailbox.ts';
import { secretOf } from '../../../services/observability/index.ts';
import {
  createProbes,
  type ProbeOutcome,
  type ProbeRequest,
} from '../../../services/probes/index.ts';
import { type MailServers, startMailServers } from '../../demo/servers/index.ts';
import { evidenceOf, probeRequest, summaryOf } from '../../support/probe-request.ts';

const message = { messageId: '<graph-1@example.test>', subject: 'Prov', text: 'Hej' };

let servers: MailServers;
let test: (
  direction: Direction,
  rest?: Partial<ProbeRequest>,
  secret?: string,
) => Promise<ProbeOutcome>;

beforeEach(async () => {
  servers = await startMailServers({ domain: 'example.test', users: { alice: 'a' } });
  const { probes } = createProbes();
  test = async (direction, rest = {}, secret = servers.application.clientSecret) => {
    const endpoint = {
      protocol: 'graph',
      host: 'localhost',
      port: servers.graph.port,
      tls: 'implicit',
    } as const;
    const outcome = await probes.graph?.run(
      probeRequest(
        endpoint,
        {
          kind: 'client-credentials',
          ...servers.application,
          clientSecret: secretOf(secret),
          authority: servers.graph.baseUrl,
          graph: servers.graph.baseUrl,
        },
        { direction, certificateAuthorities: [servers.certificateAuthority], ...rest },
      ),
    );
    return outcome!;
  };
});
afterEach(() => servers.stop());

function markOf(outcome: ProbeOutcome): string | null {
  return outcome.outcome === 'passed' ? outcome.lastSeenUid : null;
}

describe('Exchange Online through Graph', () => {
  it('passes for all three directions, and the test message arrives', async () => {
    expect(summaryOf(await test('incoming'))).toBe('passed');
    expect(summaryOf(await test('act'))).toBe('passed');
    expect(summaryOf(await test('outgoing', { testMessage: message }))).toBe('passed');
    expect(servers.messages('alice').at(-1)?.raw.toString()).toContain(message.messageId);
  });

  it('lists and counts what is new since the last look', async () => {
    const first = await test('incoming');
    expect(first).toMatchObject({ messageCount: 0, newMessages: null });
    await test('outgoing', { testMessage: message });
    await test('outgoing', { testMessage: message });
    const second = await test('incoming', { lastSeenUid: markOf(first) });
    expect(second).toMatchObject({ messageCount: 2, newMessages: 2 });
    const third = await test('incoming', { lastSeenUid: markOf(second) });
    expect(third).toMatchObject({ newMessages: 0, lastSeenUid: markOf(second) });
  });

  it('shows the number of a refused request, ours as well, for Microsoft to find it', async () => {
    servers.graph.refuse('alice@example.test', 'access-denied');
    const outcome = await test('incoming');
    const ids = outcome.stages
      .flatMap(({ evidence }) => evidence)
      .filter(({ label }) => label === 'request-id');
    expect(ids).toHaveLength(2);
    expect(evidenceOf(outcome, 'server-reply')).toContain(
      '403 ErrorAccessDenied: Access is denied',
    );
  });

  it('blames the application and thereby the profile for a wrong client secret', async () => {
    const outcome = await test('incoming', {}, 'not-the-secret');
    expect(summaryOf(outcome)).toBe('failed authenticate credentials-rejected permanent profile');
    expect(evidenceOf(outcome, 'server-reply')).toContain('AADSTS7000215');
    expect(JSON.stringify(outcome)).not.toContain('not-the-secret');
  });

  it('notices a changed client secret although a token is still good', async () => {
    await test('incoming');
    expect(summaryOf(await test('incoming', {}, 'a-new-secret'))).toContain('credentials-rejected');
  });

  it('asks for another token once when Graph turns the known one down', async () => {
    expect(summaryOf(await test('incoming'))).toBe('passed');
    servers.graph.revokeTokens();
    expect(summaryOf(await test('incoming'))).toBe('passed');
  });

  it.each([
    ['access-denied', 'failed authorise permission-denied permanent mailbox'],
    ['mailbox-not-enabled', 'failed authorise mailbox-not-found permanent mailbox'],
    ['throttled', 'failed authorise server-busy transient mailbox'],
  ] as const)('reads the refusal %s', async (refusal, expected) => {
    servers.graph.refuse('alice@example.test', refusal);
    expect(summaryOf(await test('incoming'))).toBe(expected);
    expect(summaryOf(await test('outgoing', { testMessage: message }))).toBe(expected);
    servers.graph.refuse('alice@example.test', null);
    expect(summaryOf(await test('incoming'))).toBe('passed');
  });

  it('waits as long as Graph asks', async () => {
    servers.graph.refuse('alice@example.test', 'throttled');
    expect(await test('incoming')).toMatchObject({ failure: { retryAfterMs: 7_000 } });
  });

  it('does not find the mailbox of a stranger', async () => {
    const outcome = await test('incoming', { address: 'stranger@example.test' });
    expect(summaryOf(outcome)).toBe('failed authorise mailbox-not-found permanent mailbox');
  });

  it('tells a certificate and a server that is down from a refusal', async () => {
    servers.certificate('expired');
    expect(summaryOf(await test('incoming'))).toBe(
      'failed tls certificate-expired permanent profile',
    );
    await servers.down();
    expect(summaryOf(await test('incoming'))).toBe(
      'failed connect connection-refused transient profile',
    );
  });
});
