import { describe, expect, it } from 'vitest';
import { secretOf } from '../../../services/observability/index.ts';
import {
  authenticateMessage,
  challengeOf,
  negotiateMessage,
} from '../../../services/probes/ntlm.ts';
import { redactionOf } from '../../../services/probes/redact.ts';
import { createNtlmServer } from '../../demo/servers/ews-ntlm.ts';
import { passwordOf } from '../../support/probe-request.ts';

describe('a server that repeats how we signed in', () => {
  const redact = redactionOf(passwordOf('open sesame', 'anna'));

  it('is quoted without the header of Basic', () => {
    const header = Buffer.from('anna:open sesame').toString('base64');
    expect(redact(`bad header Basic ${header}!`)).toBe('bad header Basic [secret]!');
  });

  it('is quoted without the proof of NTLM', () => {
    const server = createNtlmServer({
      domain: 'CONTOSO',
      computer: 'EX01',
      passwordOf: () => null,
      protection: null,
    });
    const proof = authenticateMessage({
      identity: { domain: 'CONTOSO', user: 'anna', password: 'open sesame' },
      challenge: challengeOf(server.begin(negotiateMessage())!.challenge)!,
      clientChallenge: Buffer.alloc(8),
      nowMs: 0,
      targetName: 'HTTP/mail.contoso.test',
      channelBinding: null,
    });
    expect(redact(`bad header NTLM ${proof.toString('base64')} .`)).toBe(
      'bad header NTLM [secret] .',
    );
  });

  const base64 = (text: string): string => Buffer.from(text).toString('base64');

  it.each([
    ['in plain words', 'open sesame'],
    ['in capitals', 'OPEN SESAME'],
    ['for PLAIN', base64('\0anna\0open sesame')],
    ['for PLAIN with an identity', base64('anna\0anna\0open sesame')],
    ['for PLAIN, cut off', base64('\0anna\0open sesame').slice(0, 16)],
    ['for LOGIN', base64('open sesame')],
    ['for LOGIN, cut off', base64('open sesame').slice(0, 12)],
    ['for CRAM-MD5', base64('anna 0123456789abcdef0123456789abcdef')],
    ['in an address', 'open%20sesame'],
    ['cut off', 'open ses'],
  ])('is quoted without the password %s', (_how, form) => {
    expect(redact(`535 5.7.8 you said ${form} or so`)).toBe('535 5.7.8 you said [secret] or so');
  });

  it('is quoted without a token, a part of it, or one that was got on the way', () => {
    const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm5hIn0.c2lnbmF0dXJl';
    const redactToken = redactionOf({
      kind: 'bearer',
      userName: 'anna',
      accessToken: secretOf(token),
    });
    const sasl = base64(`user=anna\x01auth=Bearer ${token}\x01\x01`);
    const oauthbearer = base64(`n,a=anna,\x01host=h\x01auth=Bearer ${token}\x01\x01`);
    for (const form of [token, token.slice(0, 30), sasl, sasl.slice(0, 44), oauthbearer]) {
      expect(redactToken(`bad ${form} !`)).toBe('bad [secret] !');
    }
    redactToken.learn('ya29.another-token');
    expect(redactToken('bad ya29.another-token !')).toBe('bad [secret] !');
  });

  it('masks a very short password only where it stands alone', () => {
    const redactShort = redactionOf(passwordOf('abc', 'anna'));
    expect(redactShort('PASS abc refused, abcess')).toBe('PASS [secret] refused, abcess');
  });

  it('keeps what is no secret: user names, hosts, ids in base64', () => {
    const words =
      '* OK The Microsoft Exchange IMAP4 service is ready. [QgBZADIAUABSADEAMQA=] anna mail.contoso.test';
    expect(redact(words)).toBe(words);
  });
});
