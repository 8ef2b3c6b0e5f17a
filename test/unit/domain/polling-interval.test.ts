import { describe, expect, it } from 'vitest';
import { pollingGapMs } from '../../../services/domain/polling-interval.ts';
import { MINUTE_MS } from '../../../services/domain/time.ts';

const minutes = (quietTurns: number, direction: 'incoming' | 'outgoing' | 'act' = 'incoming') =>
  pollingGapMs(direction, quietTurns) / MINUTE_MS;

describe('a mailbox is left alone', () => {
  it('for two minutes after a turn that found something to do', () => {
    expect(minutes(0)).toBe(2);
    expect(minutes(0, 'outgoing')).toBe(2);
  });

  it('for five minutes as a rule, for an hour of quiet turns', () => {
    expect(new Set(Array.from({ length: 12 }, (_, turn) => minutes(turn + 1)))).toEqual(
      new Set([5]),
    );
  });

  it('for ever longer once it is idle, and never for more than twelve minutes', () => {
    expect([13, 14, 15, 16, 17, 10_000].map((turn) => minutes(turn))).toEqual([
      6, 8, 10, 12, 12, 12,
    ]);
  });

  it('for a quarter of an hour where appointments, contacts and tasks are concerned', () => {
    expect([0, 1, 100].map((turn) => minutes(turn, 'act'))).toEqual([15, 15, 15]);
  });
});
