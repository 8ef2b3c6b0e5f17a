import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Direction } from '../../../services/domain/mailbox.ts';
import { secretOf } from '../../../services/observability/index.ts';
import {
  createProbes,
  type ExchangeAccess,
  type ProbeOutcome,
  type ProbeRequest,
} from '../../../services/probes/index.ts';
import { type EwsServer, startEwsServer } from '../../demo/servers/ews-server.ts';
import { startGraphReplica } from '../../demo/servers/graph-replica.ts';
import { createMailStore } from '../../demo/servers/mail-store.ts';
import { startByteServer } from '../../support/byte-server.ts';
import { evidenceOf, passwordOf, probeRequest, summaryOf } from '../../support/probe-request.ts';
import { createTestCertificates, type TestCertificates } from '../../support/test-certificates.ts';

const ALICE = 'alice@example.test';
const SERVICE = 'service@example.test';
const TOKEN = 'a-token-of-entra';
const message = { messageId: '<ews-1@example.test>', subject: 'Prov & <test>', text: 'Hej' };

let certificates: TestCertificates;
let server: EwsServer;

beforeEach(async () => {
  certificates = await createTestCertificates();
  server = await startEwsServer({
    certificates,
    users: { [ALICE]: 'Påssword 1', 'bo@example.test': 'b', [SERVICE]: 'Service 1' },
    serviceAccount: SERVICE,
  });
  server.accessToken(TOKEN);
});
afterEach(() => server.stop());

/** Alice's own password by NTLM, unless a test says otherwise. */
function requestTo(
  direction: Direction,
  access: Partial<ExchangeAccess> = {},
  rest: Partial<ProbeRequest> = {},
): ProbeRequest {
  const endpoint = {
    protocol: 'ews',
    host: 'localhost',
    port: server.port,
    tls: 'implicit',
  } as const;
  return probeRequest(endpoint, rest.credentials ?? passwordOf('Påssword 1'), {
    direction,
    certificateAuthorities: [certificates.authority],
    exchange: {
      url: server.url,
      autodiscoverUrl: null,
      authentication: 'ntlm',
      impersonation: false,
      schema: 'Exchange2013_SP1',
      ...access,
    },
    ...rest,
  });
}

const { probes, senders } = createProbes();
async function run(...of: Parameters<typeof requestTo>): Promise<ProbeOutcome> {
  return probes.ews!.run(requestTo(...of));
}

function markOf(outcome: ProbeOutcome): string | null {
  return outcome.outcome === 'passed' ? outcome.lastSeenUid : null;
}

describe('the end of a password', () => {
  const asking = { askPasswordEnd: true } as const;

  it('is told by Exchange to who asks, for the mailbox’s own account', async () => {
    server.passwordEnds(ALICE, '2027-01-15T08:00:00Z');
    const outcome = await run('incoming', {}, asking);
    expect(outcome).toMatchObject({ passwordEndsAt: '2027-01-15T08:00:00.000Z' });
    expect(await run('incoming')).not.toHaveProperty('passwordEndsAt');
  });

  it('is not told where there is none, or where the server does not know the call', async () => {
    expect(await run('incoming', {}, asking)).not.toHaveProperty('passwordEndsAt');
    server.passwordEnds(ALICE, '2027-01-15T08:00:00Z');
    const asAnother = await run('incoming', { impersonation: true }, { ...asService, ...asking });
    expect(asAnother).toMatchObject({ passwordEndsAt: '2027-01-15T08:00:00.000Z' });
    const strange = await run(
      'incoming',
      {},
      { ...asking, address: ALICE.toUpperCase().replace('@EXAMPLE.TEST', '@example.test') },
    );
    expect(summaryOf(strange)).toBe('passed');
    expect(strange).not.toHaveProperty('passwordEndsAt');
  });
});

const asService: Partial<ProbeRequest> = { credentials: passwordOf('Service 1', SERVICE) };

describe('Exchange Server through Exchange Web Services', () => {
  it.each([
    ['ntlm', 'NTLM', {}],
    ['ntlm', 'Negotiate', {}],
    ['basic', 'Basic', {}],
    [
      'oauth',
      'Bearer',
      {
        credentials: { kind: 'bearer', userName: SERVICE, accessToken: secretOf(TOKEN) },
      },
    ],
  ] as const)('signs in with %s where the server offers %s', async (...row) => {
    const [authentication, scheme, rest] = row;
    server.offer(scheme);
    const impersonation = authentication === 'oauth';
    for (const direction of ['incoming', 'act', 'outgoing'] as const) {
      const access = { authentication, impersonation };
      const outcome = await run(direction, access, { testMessage: message, ...rest });
      expect(summaryOf(outcome)).toBe('passed');
    }
    expect(server.requests.filter((each) => !each.endsWith('refused'))).toEqual([
      'GetFolder',
      'FindItem',
      'GetFolder',
      'FindItem',
      'GetFolder',
      'CreateItem',
      'FindItem',
    ]);
  });

  it('signs in with extended protection, which compares the certificate that we saw', async () => {
    server.protect(true);
    expect(summaryOf(await run('incoming'))).toBe('passed');
  });

  it('sends a message to the mailbox and finds it there', async () => {
    const outcome = await run('outgoing', {}, { testMessage: message });
    expect(evidenceOf(outcome, 'folder')).toBe('inbox');
    expect(evidenceOf(outcome, 'hint')).toBeUndefined();
    const raw = server.messages(ALICE).at(-1)?.raw.toString();
    expect(raw).toContain(message.messageId);
    expect(raw).toContain(message.subject);
  });

  it('lists and counts what is new since the last look, and fetches nothing of it', async () => {
    const first = await run('incoming');
    expect(first).toMatchObject({ messageCount: 0, newMessages: null });
    for (const id of ['1', '2', '3'])
      await run('outgoing', {}, { testMessage: { ...message, messageId: `<${id}@example.test>` } });
    const second = await run('incoming', {}, { lastSeenUid: markOf(first) });
    expect(second).toMatchObject({ messageCount: 3, newMessages: 3 });
    const third = await run('incoming', {}, { lastSeenUid: markOf(second) });
    expect(third).toMatchObject({ newMessages: 0, lastSeenUid: markOf(second) });
    expect(server.requests).not.toContain('GetItem');
  });

  it('looks anew where the mark is of another protocol', async () => {
    const outcome = await run('incoming', {}, { lastSeenUid: '4711' });
    expect(outcome).toMatchObject({ outcome: 'passed', newMessages: null });
  });

  it('names the machine that answered, the folder that was refused and the request', async () => {
    expect(evidenceOf(await run('incoming'), 'server-name')).toBe('EX01');
    server.refuse(ALICE, { shape: 'response', code: 'ErrorFolderNotFound' });
    const outcome = await run('act');
    expect(evidenceOf(outcome, 'folder')).toBe('calendar');
    expect(evidenceOf(outcome, 'request-id')).toContain('00000000-');
  });

  it('says that a message was accepted and not seen, and does not call that a failure', async () => {
    server.loseMessages();
    const outcome = await run('outgoing', {}, { testMessage: message, deadlineMs: 800 });
    expect(summaryOf(outcome)).toBe('passed');
    expect(evidenceOf(outcome, 'hint')).toBe('not-seen-yet');
  });

  it('speaks the schema of an older server where the profile names it, and is refused otherwise', async () => {
    server.release('Exchange2010_SP2');
    expect(summaryOf(await run('act', { schema: 'Exchange2010_SP2' }))).toBe('passed');
    const outcome = await run('act');
    expect(summaryOf(outcome)).toBe('failed authorise unsupported-configuration permanent profile');
    expect(evidenceOf(outcome, 'server-reply')).toContain('ErrorInvalidServerVersion');
  });

  it('acts as the mailbox when it impersonates', async () => {
    const access = { impersonation: true };
    expect(summaryOf(await run('act', access, asService))).toBe('passed');
    const sent = await senders.ews!.send({
      ...requestTo('outgoing', access, asService),
      message: { ...message, to: ['bo@example.test'] },
    });
    expect(summaryOf(sent)).toBe('passed');
    expect(server.messages('bo@example.test').at(-1)?.raw.toString()).toContain(`From: ${ALICE}`);
  });

  it.each([
    ['an account that may not impersonate', { impersonation: true }, {}],
    ['a service account without impersonation', {}, asService],
  ])('is refused the mailbox as %s', async (_, access, rest) => {
    const outcome = await run('incoming', access, rest);
    expect(summaryOf(outcome)).toBe('failed authorise permission-denied permanent mailbox');
  });

  it('says that there is no such mailbox', async () => {
    const rest = { ...asService, address: 'nobody@example.test' };
    const outcome = await run('incoming', { impersonation: true }, rest);
    expect(summaryOf(outcome)).toBe('failed authorise mailbox-not-found permanent mailbox');
    expect(evidenceOf(outcome, 'server-reply')).toContain('ErrorNonExistentMailbox');
  });

  it.each(['ntlm', 'basic'] as const)('blames the password that %s proves wrong', async (way) => {
    server.offer('NTLM', 'Basic');
    const outcome = await run(
      'incoming',
      { authentication: way },
      { credentials: passwordOf('not it') },
    );
    expect(summaryOf(outcome)).toBe('failed authenticate credentials-rejected permanent mailbox');
    expect(JSON.stringify(outcome)).not.toContain('not it');
  });

  it('does not blame the password where the server does not take our way to sign in', async () => {
    const outcome = await run('incoming', { authentication: 'basic' });
    expect(summaryOf(outcome)).toBe(
      'failed authenticate authentication-disabled permanent mailbox',
    );
    expect(evidenceOf(outcome, 'server-reply')).toContain('Negotiate, NTLM');
  });

  it.each([
    ['fault', 'ErrorServerBusy', 'failed authorise server-busy transient profile'],
    ['response', 'ErrorFolderNotFound', 'failed authorise folder-missing permanent mailbox'],
    ['response', 'ErrorMailboxMoveInProgress', 'failed authorise mailbox-locked transient mailbox'],
  ] as const)('reads a refusal as a %s with %s', async (shape, code, expected) => {
    server.refuse(ALICE, { shape, code, backOffMs: 7_000 });
    const outcome = await run('incoming');
    expect(summaryOf(outcome)).toBe(expected);
    expect(outcome).toMatchObject({ failure: { retryAfterMs: 7_000 } });
  });

  it.each([
    [{ status: 403 }, 'failed authorise permission-denied permanent mailbox'],
    [{ status: 404 }, 'failed authenticate location-undetermined permanent profile'],
    [
      { status: 503, headers: { 'retry-after': '9' } },
      'failed authenticate server-unavailable transient profile',
    ],
    [{ status: 405 }, 'failed authenticate location-undetermined permanent profile'],
    [{ status: 501 }, 'failed authenticate wrong-protocol permanent profile'],
    [
      { status: 407, headers: { 'proxy-authenticate': 'Basic' } },
      'failed authenticate server-refused permanent profile',
    ],
    [
      { status: 502, body: '<html><title>Bad gateway</title></html>' },
      'failed authenticate server-unavailable transient profile',
    ],
    [
      { status: 200, body: '<!DOCTYPE html><html><title>Outlook</title></html>' },
      'failed authenticate wrong-protocol permanent profile',
    ],
    [
      { status: 200, body: '<html><head><title>Outlook</title></head></html>' },
      'failed authenticate wrong-protocol permanent profile',
    ],
    [
      { status: 200, body: '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>' },
      'failed authenticate wrong-protocol permanent profile',
    ],
  ])('reads the web server’s answer %j', async (answer, expected) => {
    server.answer('/EWS', answer);
    expect(summaryOf(await run('incoming'))).toBe(expected);
  });

  it('never takes credentials where a redirect leads', async () => {
    server.answer('/EWS', { status: 302, headers: { location: `${server.autodiscoverUrl}?x` } });
    const outcome = await run('incoming', { authentication: 'basic' });
    expect(summaryOf(outcome)).toBe('failed authenticate wrong-protocol permanent profile');
    expect(server.requests).toEqual([]);
  });

  it.each([
    ['expired', 'certificate-expired'],
    ['wrong-host', 'certificate-wrong-host'],
    ['self-signed', 'certificate-untrusted'],
  ] as const)('refuses a certificate that is %s before anything is said', async (kind, reason) => {
    server.certificate(kind);
    const outcome = await run('incoming', { authentication: 'basic' });
    expect(summaryOf(outcome)).toBe(`failed tls ${reason} permanent profile`);
    expect(evidenceOf(outcome, 'certificate-subject')).not.toBeUndefined();
    expect(server.requests).toEqual([]);
  });

  it.each(['none', 'implicit'] as const)(
    'sends no credentials without TLS, also where only the address lacks it (profile: %s)',
    async (tls) => {
      const endpoint = { protocol: 'ews', host: 'localhost', port: server.port, tls } as const;
      const url = `http://localhost:${server.port}/EWS/Exchange.asmx`;
      const outcome = await run('incoming', { url }, { endpoint });
      expect(summaryOf(outcome)).toBe('failed tls insecure-channel-refused permanent profile');
    },
  );

  it('shows what a support engineer wants to know, and no secret', async () => {
    const outcome = await run('incoming');
    expect(evidenceOf(outcome, 'banner')).toBe('Exchange 15.2.1544.4');
    expect(evidenceOf(outcome, 'user-name')).toBe(ALICE);
    expect(evidenceOf(outcome, 'certificate-valid-to')).not.toBeUndefined();
    expect(JSON.stringify(outcome)).not.toContain('Påssword');
  });
});

describe('hybrid modern authentication', () => {
  it('asks Entra for a token for this server, and for another when it was turned down', async () => {
    const application = { tenantId: 'tenant', clientId: 'client', clientSecret: 'a secret' };
    const entra = await startGraphReplica(createMailStore([]), certificates, application);
    server.offer('Bearer');
    const credentials = {
      kind: 'client-credentials',
      ...application,
      clientSecret: secretOf(application.clientSecret),
      authority: entra.baseUrl,
      graph: '',
    } as const;
    const access = { authentication: 'oauth', impersonation: true } as const;
    const rest = { credentials };
    try {
      server.accessToken('demo-token-1');
      expect(summaryOf(await run('incoming', access, rest))).toBe('passed');
      entra.revokeTokens();
      server.accessToken('demo-token-2');
      expect(summaryOf(await run('incoming', access, rest))).toBe('passed');
      server.accessToken('of another tenant');
      const outcome = await run('incoming', access, rest);
      expect(summaryOf(outcome)).toBe('failed authenticate credentials-rejected permanent mailbox');
      expect(JSON.stringify(outcome)).not.toContain('demo-token');
    } finally {
      await entra.stop();
    }
  });
});

describe('autodiscover over the wire', () => {
  const found = (): Partial<ExchangeAccess> => ({
    url: null,
    autodiscoverUrl: server.autodiscoverUrl,
  });

  it('finds the server without credentials where version 2 answers, and remembers it', async () => {
    const probe = createProbes().probes.ews!;
    expect(summaryOf(await probe.run(requestTo('incoming', found())))).toBe('passed');
    expect(summaryOf(await probe.run(requestTo('act', found())))).toBe('passed');
    expect(server.requests.filter((each) => each === 'JSON')).toHaveLength(1);
    expect(server.requests).not.toContain('POX');
  });

  it('signs in for the settings where version 2 is not known', async () => {
    server.answer('/autodiscover/autodiscover.json', { status: 404 });
    expect(summaryOf(await run('incoming', found()))).toBe('passed');
    expect(server.requests).toContain('POX');
  });

  it('stops at once and lets go when it is cancelled while a service is silent', async () => {
    const silent = await startByteServer({ conversation: () => ({ answer: () => 'SILENCE' }) });
    try {
      const controller = new AbortController();
      const autodiscoverUrl = `https://localhost:${silent.port}/autodiscover/autodiscover.xml`;
      const running = probes.ews!.run(
        requestTo(
          'incoming',
          { url: null, autodiscoverUrl },
          { deadlineMs: 60_000, signal: controller.signal },
        ),
      );
      await silent.untilConnected();
      controller.abort();
      expect((await running).outcome).toBe('cancelled');
      await silent.untilIdle();
      expect(silent.connections).toBe(1);
    } finally {
      await silent.stop();
    }
  });

  it('looks again after a failure', async () => {
    const probe = createProbes().probes.ews!;
    await probe.run(requestTo('incoming', found()));
    server.answer('/EWS', { status: 404 });
    await probe.run(requestTo('incoming', found()));
    server.answer('/EWS', null);
    expect(summaryOf(await probe.run(requestTo('incoming', found())))).toBe('passed');
    expect(server.requests.filter((each) => each === 'JSON')).toHaveLength(2);
  });
});
