import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secretOf } from '../../../services/observability/index.ts';
import {
  createProbes,
  findMessage,
  type ProbeCredentials,
  type ProbeRequest,
} from '../../../services/probes/index.ts';
import { type MailServers, startMailServers } from '../../demo/servers/index.ts';
import { passwordOf, probeRequest, summaryOf } from '../../support/probe-request.ts';

let servers: MailServers;
const { probes } = createProbes();

beforeAll(async () => {
  servers = await startMailServers({ domain: 'example.test', users: { alice: 'secret' } });
});
afterAll(() => servers.stop());

type Reading = 'imap' | 'pop3' | 'graph';

function requestFor(protocol: Reading | 'smtp', rest: Partial<ProbeRequest> = {}): ProbeRequest {
  const port = protocol === 'graph' ? servers.graph.port : servers[protocol].ports.implicit;
  const { baseUrl } = servers.graph;
  const credentials: ProbeCredentials =
    protocol === 'graph'
      ? {
          kind: 'client-credentials',
          ...servers.application,
          clientSecret: secretOf(servers.application.clientSecret),
          authority: baseUrl,
          graph: baseUrl,
        }
      : passwordOf('secret');
  return probeRequest({ protocol, host: servers.host, port, tls: 'implicit' }, credentials, {
    certificateAuthorities: [servers.certificateAuthority],
    ...rest,
  });
}

async function send(messageId: string, by: 'smtp' | 'graph'): Promise<void> {
  const testMessage = { messageId, subject: 'Prov', text: 'Hej' };
  const outcome = await probes[by]?.run(requestFor(by, { direction: 'outgoing', testMessage }));
  expect(outcome && summaryOf(outcome)).toBe('passed');
}

describe.each(['imap', 'pop3', 'graph'] as const)('A test message by %s', (protocol) => {
  const probe = probes[protocol];
  if (probe === undefined) throw new TypeError(`no probe for ${protocol}`);

  it('is found among others, and one that nobody sent is not', async () => {
    const before = await probe.run(requestFor(protocol));
    if (before.outcome !== 'passed') throw new TypeError(summaryOf(before));
    const { lastSeenUid } = before;
    const messageId = `<found-by-${protocol}@example.test>`;
    await send('<another@example.test>', 'smtp');
    await send(messageId, protocol === 'graph' ? 'graph' : 'smtp');
    await send('<a-third@example.test>', 'smtp');
    const looked = { lastSeenUid, sentAtMs: performance.now() };
    const request = requestFor(protocol);
    expect(await findMessage(probe, request, { ...looked, messageId })).toMatchObject({
      kind: 'found',
    });
    const nowhere = { ...looked, messageId: "<nobody's@example.test>" };
    expect(await findMessage(probe, { ...request, deadlineMs: 450 }, nowhere)).toEqual({
      kind: 'not-seen-yet',
    });
  });
});
