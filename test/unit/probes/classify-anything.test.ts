import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAILURE_REASONS, HINTS, STAGES } from '../../../services/domain/failure.ts';
import { classify } from '../../../services/probes/classify/classify.ts';
import { type Circumstances, symptomOf } from '../../../services/probes/classify/symptom.ts';
import { HttpRefusal } from '../../../services/probes/http-refusal.ts';
import { ERROR_ROWS } from './error-rows.ts';
import { EXCHANGE_ROWS } from './exchange-rows.ts';

const circumstances: fc.Arbitrary<Circumstances> = fc.record({
  protocol: fc.constantFrom('imap', 'pop3', 'smtp', 'ews', 'graph'),
  stage: fc.constantFrom(...STAGES),
  purpose: fc.constantFrom('test', 'send'),
  tls: fc.constantFrom('implicit', 'starttls', 'none'),
  port: fc.nat(65_535),
});

/** Words that a table of codes must not take for its own, and words that are in one. */
const word = fc.oneof(
  fc.string(),
  fc.constantFrom('constructor', '__proto__', 'toString', 'hasOwnProperty', ''),
  fc.constantFrom('ErrorServerBusy', 'invalid_client', 'EAUTH', 'autodiscover-600', 'DEADLINE'),
);
const status = fc.oneof(fc.integer({ min: -1, max: 1_000 }), fc.double());

/** Whatever a library, a server or a bug of ours may throw. */
const thrown = fc.oneof(
  fc.anything(),
  fc
    .tuple(status, fc.array(word), word, fc.option(fc.double()))
    .map(([code, codes, words, waitMs]) => new HttpRefusal(code, codes, words, waitMs)),
  fc.record(
    {
      code: word,
      originalCode: word,
      serverResponseCode: word,
      responseCode: fc.oneof(word, status),
      statusCode: status,
      response: word,
      responseText: word,
      reason: word,
      command: word,
      authenticationFailed: fc.boolean(),
      tlsFailed: fc.boolean(),
      throttleReset: fc.double(),
      retryAfterMs: fc.double(),
      cause: fc.anything(),
    },
    { requiredKeys: [] },
  ),
  fc.constantFrom(...ERROR_ROWS, ...EXCHANGE_ROWS).map(([, , , error]) => error),
);

describe('whatever is thrown, in whatever circumstances', () => {
  it('has a verdict that the rest of the house understands', () => {
    fc.assert(
      fc.property(circumstances, thrown, (where, error) => {
        const verdict = classify(symptomOf(where, error));
        expect(FAILURE_REASONS).toContain(verdict.reason);
        expect(['email', 'mailbox', 'profile']).toContain(verdict.scope);
        expect(['permanent', 'transient']).toContain(verdict.nature);
        expect(typeof verdict.needsConfirmation).toBe('boolean');
        if (verdict.hint !== undefined) expect(HINTS).toContain(verdict.hint);
        if (verdict.retryAfterMs !== undefined)
          expect(Number.isFinite(verdict.retryAfterMs)).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });
});
