import { afterEach, describe, expect, it } from 'vitest';
import type { Protocol } from '../../../services/domain/profile.ts';
import { secretOf } from '../../../services/observability/index.ts';
import { createProbes, type ProbeCredentials } from '../../../services/probes/index.ts';
import { answering, type ByteServer, startByteServer } from '../../support/byte-server.ts';
import { evidenceOf, passwordOf, probeRequest, summaryOf } from '../../support/probe-request.ts';

const { probes } = createProbes();
let server: ByteServer;
afterEach(() => server.stop());

const TOKEN: ProbeCredentials = {
  kind: 'bearer',
  userName: 'alice@example.test',
  accessToken: secretOf('a-token-that-is-refused'),
};
const REASON = Buffer.from('{"status":"invalid_token"}').toString('base64');

interface Played {
  readonly greeting: string;
  readonly rules: Parameters<typeof answering>[0];
}

async function meet(
  protocol: Protocol,
  { greeting, rules }: Played,
  credentials: ProbeCredentials,
) {
  const lines: string[] = [];
  const answer = answering(rules);
  server = await startByteServer({
    conversation: () => ({
      greeting,
      answer: (line) => {
        lines.push(line);
        return answer(line);
      },
    }),
  });
  const endpoint = { protocol, host: '127.0.0.1', port: server.port, tls: 'none' } as const;
  const outcome = await probes[protocol]!.run(
    probeRequest(endpoint, credentials, { allowPlaintextCredentials: true }),
  );
  await server.untilIdle();
  return { outcome, lines };
}

describe('a server that refuses a token', () => {
  it.each([
    [
      'smtp',
      {
        greeting: '220 hi\r\n',
        rules: [
          ['EHLO', '250-hi\r\n250 AUTH PLAIN XOAUTH2\r\n'],
          ['AUTH XOAUTH2', `334 ${REASON}\r\n`],
          ['', '535 5.7.8 refused\r\n'],
        ],
      },
    ],
    [
      'pop3',
      {
        greeting: '+OK hi\r\n',
        rules: [
          ['CAPA', '+OK\r\nSASL PLAIN XOAUTH2\r\n.\r\n'],
          ['AUTH XOAUTH2', '+ \r\n'],
          ['DXNLC', `+ ${REASON}\r\n`],
          ['', '-ERR [AUTH] refused\r\n'],
        ],
      },
    ],
    [
      'imap',
      {
        greeting: '* OK hi\r\n',
        rules: [
          ['CAPABILITY', '* CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2\r\n$TAG OK\r\n'],
          ['AUTHENTICATE', `$TAG NO [AUTHENTICATIONFAILED] refused\r\n`],
        ],
      },
    ],
  ] as const)('is asked once (%s)', async (protocol, played) => {
    const { outcome, lines } = await meet(protocol, played, TOKEN);
    expect(summaryOf(outcome)).toMatch(
      /^failed authenticate credentials-rejected permanent mailbox/,
    );
    expect(evidenceOf(outcome, 'hint')).toBe('token-refused');
    expect(lines.filter((line) => /\bAUTH/i.test(line) && !/CAPA/.test(line))).toHaveLength(1);
    const replies = outcome.stages
      .flatMap(({ evidence }) => evidence)
      .filter(({ label }) => label === 'server-reply')
      .map(({ value }) => value)
      .join('\n');
    expect(replies).toContain('refused');
    if (protocol !== 'imap') expect(replies).toContain('"status":"invalid_token"');
  });

  it.each([
    ['smtp', { greeting: '220 hi\r\n', rules: [['EHLO', '250-hi\r\n250 AUTH PLAIN LOGIN\r\n']] }],
    ['pop3', { greeting: '+OK hi\r\n', rules: [['CAPA', '+OK\r\nSASL PLAIN\r\n.\r\n']] }],
    [
      'imap',
      {
        greeting: '* OK hi\r\n',
        rules: [['CAPABILITY', '* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n$TAG OK\r\n']],
      },
    ],
  ] as const)('is not given one when it knows no tokens (%s)', async (protocol, played) => {
    const { outcome, lines } = await meet(protocol, played, TOKEN);
    expect(summaryOf(outcome)).toBe(
      'failed authenticate unsupported-configuration permanent profile',
    );
    expect(lines.join('\n')).not.toMatch(/AUTH/);
  });
});

describe('how an SMTP server is signed in to', () => {
  const hello = (mechanisms: string): Played => ({
    greeting: '220 hi\r\n',
    rules: [
      ['EHLO', `250-hi\r\n250-SIZE 1000\r\n250 AUTH ${mechanisms}\r\n`],
      ['', '535 5.7.8 refused\r\n'],
    ],
  });

  it.each([
    ['LOGIN PLAIN', 'PLAIN'],
    ['LOGIN', 'LOGIN'],
    ['PLAIN LOGIN CRAM-MD5', 'CRAM-MD5'],
  ])('where it offers %s in clear: %s', async (offered, method) => {
    const { outcome, lines } = await meet('smtp', hello(offered), passwordOf('sesame-open'));
    expect(evidenceOf(outcome, 'sign-in-method')).toBe(method);
    expect(evidenceOf(outcome, 'capabilities')).toBe(`SIZE 1000, AUTH ${offered}`);
    expect(lines.filter((line) => line.startsWith('AUTH '))).toHaveLength(1);
    expect(lines.find((line) => line.startsWith('AUTH '))).toContain(`AUTH ${method}`);
  });

  it('and not at all where it offers nothing of ours', async () => {
    const { outcome, lines } = await meet('smtp', hello('GSSAPI NTLM'), passwordOf('sesame-open'));
    expect(summaryOf(outcome)).toBe(
      'failed authenticate unsupported-configuration permanent profile',
    );
    expect(evidenceOf(outcome, 'server-reply')).toBe('AUTH GSSAPI NTLM');
    expect(lines.filter((line) => line.startsWith('AUTH'))).toEqual([]);
  });
});
