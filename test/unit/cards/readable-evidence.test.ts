import { describe, expect, it } from 'vitest';
import { readableEvidence } from '../../../cards/parts/readable-evidence.ts';
import { cardWorld } from '../../support/card-world.ts';

const { sv, en } = (await cardWorld()).translators;

describe('evidence about a certificate', () => {
  it('has its dates in the notation and time zone of the reader', () => {
    const value = 'Jan  1 00:00:00 2021 GMT';
    expect(readableEvidence('certificate-valid-to', value, en)).toBe('1 Jan 2021, 01:00');
    expect(readableEvidence('certificate-valid-from', value, sv)).toBe('1 jan. 2021 01:00');
  });

  it.each(['', 'yesterday', 'Version 7', 'Xyz  1 00:00:00 2021 GMT', 'Jan 99 00:00:00 2021 GMT'])(
    'leaves %j as it is: that is no date',
    (value) => {
      expect(readableEvidence('certificate-valid-to', value, en)).toBe(value);
    },
  );

  it('names the first three names, each once, and counts the others', () => {
    const names = 'a.example, DNS:a.example, DNS:b.example, DNS:c.example, IP Address:192.0.2.1';
    expect(readableEvidence('certificate-subject', names, en)).toBe(
      'a.example, b.example, c.example … and 1 more',
    );
    expect(readableEvidence('certificate-subject', 'a.example, DNS:a.example', en)).toBe(
      'a.example',
    );
  });

  it('leaves other evidence as the server said it', () => {
    expect(readableEvidence('server-reply', 'a, b, c, d, e', en)).toBe('a, b, c, d, e');
  });
});
