import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { channelBindingOf } from '../../../services/probes/channel-binding.ts';
import { md4 } from '../../../services/probes/md4.ts';
import {
  authenticateMessage,
  challengeOf,
  identityOf,
  negotiateMessage,
  ntlmv2Key,
  ntlmv2Response,
} from '../../../services/probes/ntlm.ts';
import { createNtlmServer } from '../../demo/servers/ews-ntlm.ts';
import { createTestCertificates } from '../../support/test-certificates.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('MD4', () => {
  it.each([
    ['', '31d6cfe0d16ae931b73c59d7e0c089c0'],
    ['a', 'bde52cb31de33e46245e05fbdbd6fb24'],
    ['abc', 'a448017aaf21d8525fc10ae87aa6729d'],
    ['message digest', 'd9130a8164549fe818874806e1c7014b'],
    ['abcdefghijklmnopqrstuvwxyz', 'd79e1c308aa5bbcdeea8ed63df412da9'],
    [
      'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
      '043f8582f241db351ce627e153e7f0e4',
    ],
    ['1234567890'.repeat(8), 'e33b4ddc9c38f2199c3e7b164fcc0536'],
  ])('digests %j as RFC 1320 does', (text, digest) => {
    expect(md4(Buffer.from(text)).toString('hex')).toBe(digest);
  });
});

describe('NTLMv2', () => {
  // MS-NLMP §4.2.4: user "User", domain "Domain", password "Password", time 0.
  const identity = { domain: 'Domain', user: 'User', password: 'Password' };
  const targetInfo = hex(
    '02000c00 44006f006d00610069006e00 01000c00 530065007200760065007200 00000000',
  );

  it('derives the key of the published example', () => {
    expect(ntlmv2Key(identity).toString('hex')).toBe('0c868a403bfd7a93a3001ef22ef02e3f');
  });

  it('answers the challenge of the published example', () => {
    const { lm, nt, sessionKey } = ntlmv2Response({
      identity,
      serverChallenge: hex('0123456789abcdef'),
      clientChallenge: hex('aaaaaaaaaaaaaaaa'),
      time: Buffer.alloc(8),
      targetInfo,
    });
    expect(lm.toString('hex')).toBe('86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa');
    expect(nt.subarray(0, 16).toString('hex')).toBe('68cd0ab851e51c96aabc927bebef6a1c');
    expect(sessionKey.toString('hex')).toBe('8de40ccadbc14a82f15cb0ad0de95ca3');
  });

  it.each([
    ['CONTOSO\\anna', { domain: 'CONTOSO', user: 'anna' }],
    ['anna@contoso.test', { domain: '', user: 'anna@contoso.test' }],
  ])('reads %s as Windows does', (userName, expected) => {
    expect(identityOf(userName, 'x')).toMatchObject(expected);
  });

  it.each(['', 'NTLMSSP', 'TlRMTVNTUAABAAAA', 'AAAA'])('takes %j for no challenge', (base64) => {
    expect(challengeOf(Buffer.from(base64, 'base64'))).toBeNull();
  });

  async function conversation(password: string, protectedBy: 'our' | 'another' | null) {
    const { leaf } = await createTestCertificates();
    const shown = new X509Certificate(leaf.good.cert).raw;
    const server = createNtlmServer({
      domain: 'CONTOSO',
      computer: 'EX01',
      passwordOf: (userName) => (userName === 'CONTOSO\\ånna' ? 'Lösenord 1' : null),
      protection: protectedBy && {
        certificate: leaf[protectedBy === 'our' ? 'good' : 'wrong-host'].cert,
        service: 'HTTP/mail.contoso.test',
      },
    });
    const begun = server.begin(negotiateMessage())!;
    const answer = authenticateMessage({
      identity: identityOf('CONTOSO\\ånna', password),
      challenge: challengeOf(begun.challenge)!,
      clientChallenge: Buffer.alloc(8, 7),
      nowMs: 0,
      targetName: 'HTTP/mail.contoso.test',
      channelBinding: channelBindingOf(shown),
    });
    return { server, begun, answer };
  }

  it.each([
    ['Lösenord 1', null, 'CONTOSO\\ånna'],
    ['Lösenord 2', null, null],
    ['Lösenord 1', 'our', 'CONTOSO\\ånna'],
    ['Lösenord 1', 'another', null],
  ] as const)('with %s and extended protection by %s certificate proves %s', async (...row) => {
    const [password, protectedBy, proven] = row;
    const { server, begun, answer } = await conversation(password, protectedBy);
    expect(server.accept(begun, answer)).toBe(proven);
  });

  it('proves nothing when a byte of the message was changed on its way', async () => {
    const { server, begun, answer } = await conversation('Lösenord 1', null);
    answer.writeUInt8(answer.readUInt8(60) ^ 1, 60);
    expect(server.accept(begun, answer)).toBeNull();
  });
});
