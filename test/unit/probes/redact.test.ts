import { describe, expect, it } from 'vitest';
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
});
