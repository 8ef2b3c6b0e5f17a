import { afterEach, describe, expect, it } from 'vitest';
import { secretOf } from '../../../services/observability/index.ts';
import { createProbes, type ProbeOutcome } from '../../../services/probes/index.ts';
import { answering, type ByteServer, startByteServer } from '../../support/byte-server.ts';
import { evidenceOf, probeRequest, summaryOf } from '../../support/probe-request.ts';
import { createTestCertificates } from '../../support/test-certificates.ts';

let server: ByteServer;
afterEach(() => server.stop());

const HTML = 'content-type: text/html';

function http(status: string, body: string, ...head: readonly string[]): string {
  const lines = [...head, `content-length: ${Buffer.byteLength(body)}`];
  return `HTTP/1.1 ${status}\r\n${lines.join('\r\n')}\r\n\r\n${body}`;
}
const TOKEN = http(
  '200 OK',
  JSON.stringify({ token_type: 'Bearer', expires_in: 3599, access_token: 'token' }),
  'content-type: application/json',
);

/** What stands in front of Microsoft 365 answers in its place: to the token, or to the inbox. */
async function meet(at: 'token' | 'inbox', answer: string): Promise<ProbeOutcome> {
  const certificates = await createTestCertificates();
  server = await startByteServer({
    tls: certificates.leaf.good,
    conversation: () => ({
      answer: answering([
        ['POST /TENANT/OAUTH2/V2.0/TOKEN', at === 'token' ? answer : TOKEN],
        ['MAILFOLDERS/INBOX', answer],
      ]),
    }),
  });
  const base = `https://localhost:${server.port}`;
  return createProbes().probes.graph!.run(
    probeRequest(
      { protocol: 'graph', host: 'localhost', port: server.port, tls: 'implicit' },
      {
        kind: 'client-credentials',
        tenantId: 'tenant',
        clientId: 'client',
        clientSecret: secretOf('sesame-open'),
        authority: base,
        graph: base,
      },
      { certificateAuthorities: [certificates.authority] },
    ),
  );
}

describe('a proxy or a sign-in page in front of Microsoft 365', () => {
  it.each([
    ['200 OK', 'wrong-protocol permanent profile'],
    ['302 Found', 'wrong-protocol permanent profile'],
    ['407 Proxy Authentication Required', 'server-refused permanent profile'],
    ['502 Bad Gateway', 'server-unavailable transient profile'],
    ['503 Service Unavailable', 'server-unavailable transient profile'],
    ['504 Gateway Timeout', 'timeout transient profile'],
    ['999 No such status', 'server-unavailable transient profile'],
  ])('is told from Graph and from Entra by its %s', async (status, expected) => {
    const page = '<html><head><title>Guest network</title></head></html>';
    for (const [at, stage] of [
      ['token', 'authenticate'],
      ['inbox', 'authorise'],
    ] as const) {
      const outcome = await meet(at, http(status, page, HTML));
      expect(summaryOf(outcome)).toBe(`failed ${stage} ${expected}`);
      expect(evidenceOf(outcome, 'server-reply')).toContain('Guest network');
      await server.stop();
    }
  });

  it('is told by an answer that says it is JSON and is not', async () => {
    const type = 'content-type: application/json';
    const outcome = await meet('inbox', http('200 OK', '{"totalItemCount":', type));
    expect(summaryOf(outcome)).toBe('failed authorise wrong-protocol permanent profile');
  });

  it.each(['token', 'inbox'] as const)('may ask us to wait until a date (%s)', async (at) => {
    const outcome = await meet(
      at,
      http(
        '503 Service Unavailable',
        '',
        'date: Tue, 24 Nov 2026 01:00:00 GMT',
        'retry-after: Tue, 24 Nov 2026 01:05:00 GMT',
      ),
    );
    expect(outcome).toMatchObject({ failure: { retryAfterMs: 300_000 } });
  });
});
