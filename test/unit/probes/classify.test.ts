import { describe, expect, it } from 'vitest';
import { classify } from '../../../services/probes/classify/classify.ts';
import { type Circumstances, symptomOf } from '../../../services/probes/classify/symptom.ts';
import { ProtocolError } from '../../../services/probes/protocol-error.ts';
import { ERROR_ROWS, EXCHANGE_MESSAGE_ROWS, MESSAGE_ROWS } from './error-rows.ts';
import { EXCHANGE_ROWS, GRAPH_MESSAGE_ROWS } from './exchange-rows.ts';

const circumstances: Circumstances = {
  protocol: 'smtp',
  stage: 'authorise',
  purpose: 'test',
  tls: 'implicit',
  port: 0,
};

/** Hints that go with every verdict of their kind are left out of the rows. */
function verdictOf(rest: Partial<Circumstances>, error: unknown): string {
  const { reason, nature, scope, needsConfirmation, hint, retryAfterMs } = classify(
    symptomOf({ ...circumstances, ...rest }, error),
  );
  return [
    reason,
    nature,
    scope,
    ...(needsConfirmation ? ['confirm'] : hint ? [hint] : []),
    ...(retryAfterMs === undefined ? [] : [`wait=${retryAfterMs}`]),
  ].join(' ');
}

describe('what a server or a network says', () => {
  it.each([...ERROR_ROWS, ...EXCHANGE_ROWS])(
    '%s, %s at %s',
    (_id, protocol, stage, error, expected) => {
      expect(verdictOf({ protocol, stage }, error)).toBe(expected);
    },
  );

  it.each(MESSAGE_ROWS)(
    '%s speaks of the mailbox in a test and of the message when sending',
    (_id, error, test, send) => {
      expect(verdictOf({ purpose: 'test' }, error)).toBe(test);
      expect(verdictOf({ purpose: 'send' }, error)).toBe(send);
    },
  );

  it.each(EXCHANGE_MESSAGE_ROWS)(
    '%s speaks of the mailbox in a test and of the message when sending',
    (_id, error, test, send) => {
      const place = { protocol: 'ews', stage: 'exchange' } as const;
      expect(verdictOf({ ...place, purpose: 'test' }, error)).toBe(test);
      expect(verdictOf({ ...place, purpose: 'send' }, error)).toBe(send);
    },
  );

  it.each(GRAPH_MESSAGE_ROWS)(
    '%s speaks of the mailbox in a test and of the message when sending',
    (_id, error, test, send) => {
      const place = { protocol: 'graph', stage: 'authorise' } as const;
      expect(verdictOf({ ...place, purpose: 'test' }, error)).toBe(test);
      expect(verdictOf({ ...place, purpose: 'send' }, error)).toBe(send);
    },
  );

  it.each([465, 993, 995])('hints at TLS when a plain client meets silence on port %s', (port) => {
    const silence = new ProtocolError('DEADLINE');
    expect(
      verdictOf({ protocol: 'imap', stage: 'greeting', tls: 'starttls', port }, silence),
    ).toContain('try-implicit-tls');
    expect(
      verdictOf({ protocol: 'imap', stage: 'greeting', tls: 'implicit', port }, silence),
    ).not.toContain('try');
  });

  it('never blames the credentials for a broken certificate, whatever else the error claims', () => {
    const error = {
      code: 'EAUTH',
      originalCode: 'CERT_HAS_EXPIRED',
      authenticationFailed: true,
      response: '535 5.7.8 no',
    };
    expect(verdictOf({ protocol: 'smtp', stage: 'authenticate' }, error)).toContain(
      'certificate-expired',
    );
  });
});
