import { afterEach, describe, expect, it } from 'vitest';
import type { Protocol } from '../../../services/domain/profile.ts';
import { mayBeCalled } from '../../../services/probes/index.ts';
import { startEwsServer } from '../../demo/servers/ews-server.ts';
import { answering, type ByteServer, startByteServer } from '../../support/byte-server.ts';
import { lookedAt, sightOf } from '../../support/looked-at.ts';
import { createTestCertificates } from '../../support/test-certificates.ts';

let server: ByteServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

/** A server that writes down what it is told. */
async function listening(
  greeting: string,
  answers: readonly (readonly [string, string])[],
): Promise<{ readonly port: number; readonly heard: string[] }> {
  const heard: string[] = [];
  const answer = answering(answers);
  server = await startByteServer({
    conversation: () => ({
      greeting,
      answer(line) {
        heard.push(line);
        return answer(line);
      },
    }),
  });
  return { port: server.port, heard };
}

const plain = (protocol: Protocol, port: number) =>
  ({ protocol, host: 'localhost', port, tls: 'none' }) as const;

describe('a look at a server', () => {
  it('hears what IMAP offers, says good-bye, and nothing else', async () => {
    const { port, heard } = await listening('* OK ready\r\n', [
      ['CAPABILITY', '* CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2\r\nm3 OK done\r\n'],
      ['LOGOUT', '* BYE\r\nm4 OK\r\n'],
    ]);
    const seen = await lookedAt(plain('imap', port));
    expect(seen).toMatchObject({
      kind: 'seen',
      failure: null,
      signIn: ['PLAIN', 'XOAUTH2', 'LOGIN'],
    });
    await server?.untilReceived('m4 LOGOUT');
    expect(heard).toEqual(['m3 CAPABILITY', 'm4 LOGOUT']);
  });

  it('hears what POP3 offers, says good-bye, and nothing else', async () => {
    const { port, heard } = await listening('+OK ready\r\n', [
      ['CAPA', '+OK\r\nUSER\r\nSASL PLAIN XOAUTH2\r\n.\r\n'],
      ['QUIT', '+OK bye\r\n'],
    ]);
    const seen = await lookedAt(plain('pop3', port));
    expect(seen).toMatchObject({ failure: null, signIn: ['PLAIN', 'XOAUTH2', 'USER'] });
    expect(heard).toEqual(['CAPA', 'QUIT']);
  });

  it('hears what SMTP offers, says good-bye, and nothing else', async () => {
    const { port, heard } = await listening('220 mail ready\r\n', [
      ['EHLO', '250-mail\r\n250-AUTH LOGIN PLAIN\r\n250 SIZE 100\r\n'],
      ['QUIT', '221 bye\r\n'],
    ]);
    const seen = await lookedAt(plain('smtp', port));
    expect(seen).toMatchObject({ failure: null, signIn: ['LOGIN', 'PLAIN'] });
    await server?.untilReceived('QUIT');
    expect(heard).toEqual(['EHLO mailbox-medic.invalid', 'QUIT']);
  });

  it('takes what Exchange Web Services ask for as an answer, and knows a wrong address of theirs', async () => {
    const exchange = await startEwsServer({
      certificates: await createTestCertificates(),
      users: { 'anna@example.test': 'x' },
      serviceAccount: 'anna@example.test',
    });
    const endpoint = {
      protocol: 'ews',
      host: 'localhost',
      port: exchange.port,
      tls: 'implicit',
    } as const;
    const at = (url: string) =>
      lookedAt(endpoint, { url, authority: exchange.certificateAuthority });
    exchange.answer('/EWS', {
      status: 401,
      headers: { 'www-authenticate': 'Negotiate, NTLM, Basic realm="a, b", Bearer client_id="x"' },
    });
    expect(await at(exchange.url)).toMatchObject({
      failure: null,
      signIn: ['Negotiate', 'NTLM', 'Basic', 'Bearer'],
      certificate: { port: exchange.port },
    });
    exchange.answer('/EWS', { status: 404 });
    expect(sightOf(await at(exchange.url))).toBe('authenticate location-undetermined');
    exchange.answer('/EWS', { status: 503 });
    expect(sightOf(await at(exchange.url))).toBe('authenticate server-unavailable');
    exchange.certificate('expired');
    expect(sightOf(await at(exchange.url))).toBe('tls certificate-expired');
    await exchange.stop();
  });

  it('calls no address that may not be called, whatever the name', async () => {
    const { port } = await listening('* OK ready\r\n', []);
    const mayCall = (address: string): boolean => mayBeCalled(address, 'internal');
    expect(sightOf(await lookedAt(plain('imap', port), { mayCall }))).toBe('not-allowed');
    const metadata = { ...plain('imap', 80), host: '169.254.169.254' };
    expect(sightOf(await lookedAt(metadata, { mayCall }))).toBe('not-allowed');
    expect(server?.connections).toBe(0);
  });

  it.each([
    ['10.1.2.3', true],
    ['172.16.0.1', true],
    ['172.32.0.1', false],
    ['192.168.1.1', true],
    ['100.64.0.1', true],
    ['fd12::1', true],
    ['::ffff:10.0.0.1', true],
    ['64:ff9b::10.0.0.1', true],
    ['64:ff9b:1::a9fe:a9fe', true],
    ['2002:a00:1::1', true],
    ['fec0::1', true],
    ['20.190.128.1', false],
    ['2a01:111::1', false],
  ])('knows %s for an address of an internal network: %s', (address, isPrivate) => {
    expect(mayBeCalled(address, 'public')).toBe(!isPrivate);
    expect(mayBeCalled(address, 'internal')).toBe(true);
  });

  it('ends with its time, and at once when nobody wants to know any more', async () => {
    const silent = await listening('* OK ready\r\n', []);
    expect(sightOf(await lookedAt(plain('imap', silent.port), { deadlineMs: 50 }))).toBe(
      'authenticate timeout',
    );
    const controller = new AbortController();
    const looking = lookedAt(plain('imap', silent.port), { signal: controller.signal });
    controller.abort();
    expect(sightOf(await looking)).toBe('cancelled');
  });

  it('gives up on a server that talks without end', async () => {
    const { port } = await listening('* OK ready\r\n', [
      ['CAPABILITY', '* OK and\r\n'.repeat(1_000)],
    ]);
    expect(sightOf(await lookedAt(plain('imap', port)))).toBe('authenticate wrong-protocol');
  });
});
