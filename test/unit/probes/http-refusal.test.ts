import { describe, expect, it } from 'vitest';
import {
  firstWords,
  refusalEvidence,
  retryAfterOf,
} from '../../../services/probes/http-refusal.ts';

const DATE = 'Tue, 24 Nov 2026 01:00:00 GMT';

describe('how long a service asks us to wait', () => {
  it.each([
    [{ 'retry-after': '120' }, 120_000],
    [{ 'retry-after': ' 7 ' }, 7_000],
    [{ 'retry-after': 'Tue, 24 Nov 2026 01:02:00 GMT', date: DATE }, 120_000],
    [{ 'retry-after': DATE, date: 'Tue, 24 Nov 2026 01:02:00 GMT' }, null],
    [{ 'retry-after': '0' }, null],
    [{ 'retry-after': '-5' }, null],
    [{ 'retry-after': '1e9' }, null],
    [{ 'retry-after': 'soon' }, null],
    [{ 'retry-after': '99999999999999999999' }, null],
    [{}, null],
  ] as const)('reads %j', (headers, expected) => {
    expect(retryAfterOf(new Headers(headers as Record<string, string>))).toBe(expected);
  });

  it('reads a date by our own clock where the server does not tell its time', () => {
    const inAnHour = new Date(Date.now() + 3_600_000).toUTCString();
    const waitMs = retryAfterOf(new Headers({ 'retry-after': inAnHour }));
    expect(waitMs).toBeGreaterThan(3_500_000);
    expect(waitMs).toBeLessThanOrEqual(3_600_000);
  });
});

describe('what comes with a refusal', () => {
  it('names the machines that answered, once each, and the number of the request', () => {
    const headers = new Headers({
      'x-feserver': 'EX01',
      'x-calculatedbetarget': 'ex02.contoso.test',
      'x-beserver': 'EX01',
      'x-owa-version': '15.2.1544.4',
      'request-id': 'of-the-server',
      'client-request-id': 'of-ours',
    });
    expect(refusalEvidence(headers)).toEqual([
      { label: 'banner', value: 'Exchange 15.2.1544.4' },
      { label: 'server-name', value: 'EX01, ex02.contoso.test' },
      { label: 'request-id', value: 'of-the-server' },
      { label: 'request-id', value: 'of-ours' },
    ]);
    expect(refusalEvidence(new Headers())).toEqual([]);
  });

  it('quotes the title of a web page and the beginning of anything else', () => {
    expect(firstWords('<html><head><title> Sign in </title></head>')).toBe('Sign in');
    expect(firstWords('x'.repeat(999))).toHaveLength(200);
  });
});
