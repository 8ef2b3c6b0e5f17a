import { afterEach, describe, expect, it } from 'vitest';
import type { Protocol } from '../../../services/domain/profile.ts';
import {
  createProbes,
  type ProbeOutcome,
  type ProbeRequest,
} from '../../../services/probes/index.ts';
import {
  answering,
  type ByteServer,
  type Conversation,
  startByteServer,
} from '../../support/byte-server.ts';
import { evidenceOf, passwordOf, probeRequest, summaryOf } from '../../support/probe-request.ts';

const { probes } = createProbes();
let server: ByteServer;
afterEach(() => server.stop());

async function meet(
  protocol: Protocol,
  tls: 'starttls' | 'none',
  conversation: Conversation,
  rest: Partial<ProbeRequest> = {},
): Promise<ProbeOutcome> {
  server = await startByteServer({ conversation: () => conversation });
  const endpoint = { protocol, host: '127.0.0.1', port: server.port, tls };
  const outcome = await probes[protocol]!.run(
    probeRequest(endpoint, passwordOf('sesame-open'), { allowPlaintextCredentials: true, ...rest }),
  );
  await server.untilIdle();
  return outcome;
}

describe('an attacker between us and the server', () => {
  // The same packet brings the answer to STARTTLS and a command's answer that was never protected.
  it.each([
    [
      'smtp',
      '220 ready\r\n',
      [
        ['EHLO', '250-hi\r\n250 STARTTLS\r\n'],
        ['STARTTLS', '220 go\r\n250 injected\r\n'],
      ],
    ],
    [
      'pop3',
      '+OK ready\r\n',
      [
        ['CAPA', '+OK\r\nSTLS\r\n.\r\n'],
        ['STLS', '+OK go\r\n+OK injected\r\n'],
      ],
    ],
    [
      'imap',
      '* OK ready\r\n',
      [
        ['CAPABILITY', '* CAPABILITY IMAP4rev1 STARTTLS\r\n$TAG OK\r\n'],
        ['STARTTLS', '$TAG OK go\r\n* OK injected\r\n'],
      ],
    ],
  ] as const)('cannot slip an answer in before TLS (%s)', async (protocol, greeting, rules) => {
    const outcome = await meet(protocol, 'starttls', { greeting, answer: answering(rules) });
    expect(summaryOf(outcome)).toBe('failed tls tls-unavailable permanent profile');
    expect(evidenceOf(outcome, 'hint')).toBe('may-be-attacked');
  });

  it.each([
    ['smtp', '220 ready\r\n', [['EHLO', '250 hi\r\n']]],
    ['pop3', '+OK ready\r\n', [['CAPA', '+OK\r\nUIDL\r\n.\r\n']]],
    ['imap', '* OK ready\r\n', [['CAPABILITY', '* CAPABILITY IMAP4rev1\r\n$TAG OK\r\n']]],
    ['imap', '* PREAUTH welcome\r\n', [['CAPABILITY', '* CAPABILITY IMAP4rev1\r\n$TAG OK\r\n']]],
  ] as const)(
    'cannot talk us out of TLS by not offering it (%s, %s)',
    async (protocol, greeting, rules) => {
      const lines: string[] = [];
      const answer = answering(rules);
      const outcome = await meet(protocol, 'starttls', {
        greeting,
        answer: (line) => {
          lines.push(line);
          return answer(line);
        },
      });
      expect(summaryOf(outcome)).toBe('failed tls tls-unavailable permanent profile');
      expect(lines.join('\n')).not.toContain('sesame-open');
    },
  );

  it('is not given credentials in clear text unless the organization allows it', async () => {
    const outcome = await meet(
      'imap',
      'none',
      { answer: () => null },
      { allowPlaintextCredentials: false },
    );
    expect(summaryOf(outcome)).toBe('failed tls insecure-channel-refused permanent profile');
    expect(server.connections).toBe(0);
  });
});

describe('a server that is no such server', () => {
  it.each(['smtp', 'pop3', 'imap'] as const)(
    'is recognised by its first line (%s)',
    async (protocol) => {
      const http = 'HTTP/1.1 400 Bad Request\r\n\r\n';
      expect(summaryOf(await meet(protocol, 'none', { greeting: http, answer: () => null }))).toBe(
        'failed greeting wrong-protocol permanent profile',
      );
    },
  );

  it.each(['smtp', 'pop3', 'imap'] as const)(
    'is left when it never ends a line (%s)',
    async (protocol) => {
      const outcome = await meet(protocol, 'none', {
        greeting: 'x'.repeat(100_000),
        answer: () => null,
      });
      expect(summaryOf(outcome)).toBe('failed greeting wrong-protocol permanent profile');
    },
  );
});

describe('a POP3 server', () => {
  const rules = [
    ['CAPA', '-ERR unknown command\r\n'],
    ['USER', '+OK\r\n'],
    ['PASS', '+OK\r\n'],
    ['STAT', '+OK 2 100\r\n'],
    ['UIDL', '+OK\r\n1 first\r\n2 second\r\n.\r\n'],
    ['QUIT', '+OK\r\n'],
  ] as const;

  it('has its ids listed to the last', async () => {
    const outcome = await meet('pop3', 'none', { greeting: '+OK\r\n', answer: answering(rules) });
    expect(outcome).toMatchObject({
      outcome: 'passed',
      messageCount: 2,
      lastSeenUid: '2:4881d841,abf8d4dd',
    });
  });

  it('need not know UIDL', async () => {
    const answer = answering([['UIDL', '-ERR unknown command\r\n'], ...rules]);
    const outcome = await meet('pop3', 'none', { greeting: '+OK\r\n', answer });
    expect(outcome).toMatchObject({ outcome: 'passed', messageCount: 2, lastSeenUid: null });
  });

  it('is never sent a user name that would be a second command', async () => {
    const credentials = passwordOf('sesame-open', 'alice\r\nDELE 1');
    const lines: string[] = [];
    const answer = (line: string): string => {
      lines.push(line);
      return '-ERR unknown command\r\n';
    };
    const outcome = await meet('pop3', 'none', { greeting: '+OK\r\n', answer }, { credentials });
    expect(summaryOf(outcome)).toBe(
      'failed authenticate unsupported-configuration permanent profile',
    );
    expect(lines).toEqual(['CAPA']);
  });
});
