import { describe, expect, it } from 'vitest';
import { mayBePort, USUAL_PORTS } from '../../../services/domain/server-address.ts';

describe('a port', () => {
  const usual = USUAL_PORTS.imap.map(({ port }) => port);

  it.each([
    [993, true],
    [143, true],
    [1993, true],
    [22, false],
    [25, false],
    [0, false],
    [-1, false],
    [65_536, false],
    [993.5, false],
    [Number.NaN, false],
  ])('%s may be asked of an IMAP server: %s', (port, allowed) => {
    expect(mayBePort(port, usual)).toBe(allowed);
  });
});
