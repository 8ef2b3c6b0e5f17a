import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Protocol } from '../../../services/domain/profile.ts';
import { createProbes, type ProbeOutcome } from '../../../services/probes/index.ts';
import { type MailServers, startMailServers } from '../../demo/servers/index.ts';
import { passwordOf, probeRequest, summaryOf } from '../../support/probe-request.ts';
import { DAYS_LEFT } from '../../support/test-certificates.ts';

const PASSWORD = 'demo-password';
type MailProtocol = Extract<Protocol, 'imap' | 'pop3' | 'smtp'>;
const PROTOCOLS = ['imap', 'pop3', 'smtp'] as const;
const message = { messageId: '<demo-1@example.test>', subject: 'Provmeddelande å', text: 'Hej' };

const startedAt = performance.timeOrigin;
let servers: MailServers;
const { probes } = createProbes();

beforeAll(async () => {
  servers = await startMailServers({
    domain: 'example.test',
    users: { alice: PASSWORD, bob: 'b' },
  });
});
afterEach(async () => {
  servers.password('alice', PASSWORD);
  servers.certificate('good');
  await servers.up();
});
afterAll(() => servers.stop());

async function test(
  protocol: MailProtocol,
  tls: 'implicit' | 'starttls' = 'implicit',
  lastSeenUid: string | null = null,
): Promise<ProbeOutcome> {
  const endpoint = { protocol, host: servers.host, port: servers[protocol].ports[tls], tls };
  const outcome = await probes[protocol]?.run(
    probeRequest(endpoint, passwordOf(PASSWORD), {
      certificateAuthorities: [servers.certificateAuthority],
      testMessage: protocol === 'smtp' ? message : null,
      lastSeenUid,
    }),
  );
  if (outcome === undefined) throw new Error(`no probe for ${protocol}`);
  return outcome;
}

function markOf(outcome: ProbeOutcome): string | null {
  return outcome.outcome === 'passed' ? outcome.lastSeenUid : null;
}

describe.each(PROTOCOLS)('the demo %s server', (protocol) => {
  it('passes a test over TLS and over STARTTLS', async () => {
    expect(summaryOf(await test(protocol, 'implicit'))).toBe('passed');
    expect(summaryOf(await test(protocol, 'starttls'))).toBe('passed');
  });

  it('refuses the old password once the demo has changed it', async () => {
    servers.password('alice', 'another-one');
    expect(summaryOf(await test(protocol))).toContain(
      'failed authenticate credentials-rejected permanent mailbox',
    );
  });

  it.each(['implicit', 'starttls'] as const)(
    'shows the certificate that the demo chooses over %s',
    async (tls) => {
      servers.certificate('expired');
      expect(summaryOf(await test(protocol, tls))).toBe(
        'failed tls certificate-expired permanent profile',
      );
      servers.certificate('wrong-host');
      expect(summaryOf(await test(protocol, tls))).toBe(
        'failed tls certificate-wrong-host permanent profile',
      );
    },
  );

  it('shows when its certificate ends, over TLS and over STARTTLS, while everything works', async () => {
    servers.certificate('expires-soon');
    for (const tls of ['implicit', 'starttls'] as const) {
      const outcome = await test(protocol, tls);
      const { certificates = [] } = outcome.outcome === 'passed' ? outcome : {};
      expect(certificates).toMatchObject([{ host: servers.host, subject: 'localhost' }]);
      const daysLeft = (Date.parse(certificates[0]?.validTo ?? '') - startedAt) / 86_400_000;
      expect(Math.round(daysLeft)).toBe(DAYS_LEFT);
    }
  });

  it('refuses connections while it is down and takes the same port when it is up again', async () => {
    await servers[protocol].down();
    expect(summaryOf(await test(protocol))).toBe(
      'failed connect connection-refused transient profile',
    );
    await servers[protocol].up();
    expect(summaryOf(await test(protocol))).toBe('passed');
  });
});

describe('the demo mailboxes', () => {
  it('show by IMAP and POP3 what SMTP took in', async () => {
    const before = servers.messages('alice').length;
    const marks = { imap: markOf(await test('imap')), pop3: markOf(await test('pop3')) };
    await test('smtp');
    for (const protocol of ['imap', 'pop3'] as const) {
      expect(await test(protocol, 'implicit', marks[protocol])).toMatchObject({
        messageCount: before + 1,
        newMessages: 1,
      });
    }
    expect(servers.messages('alice').at(-1)?.raw.toString()).toContain(message.messageId);
  });

  it('take mail for their owners and refuse it for a stranger', async () => {
    const endpoint = {
      protocol: 'smtp',
      host: servers.host,
      port: servers.smtp.ports.implicit,
      tls: 'implicit',
    } as const;
    const outcome = await createProbes().senders.smtp?.send({
      ...probeRequest(endpoint, passwordOf(PASSWORD), {
        certificateAuthorities: [servers.certificateAuthority],
      }),
      message: { ...message, to: ['bob@example.test', 'stranger@example.test'] },
    });
    expect(summaryOf(outcome!)).toBe('failed exchange recipient-rejected permanent email');
  });
});
