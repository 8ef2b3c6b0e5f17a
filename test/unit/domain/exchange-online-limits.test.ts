import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ALLOWANCES,
  count,
  EXCHANGE_LIMITS,
  limitUse,
  type MailFlow,
  noFlow,
} from '../../../services/domain/exchange-online-limits.ts';
import { HOUR_MS, instantOf, MINUTE_MS } from '../../../services/domain/time.ts';

const NOON = Date.UTC(2026, 10, 23, 12);

describe('the use of a limit', () => {
  it.each(EXCHANGE_LIMITS)(
    '%s: is told at 80 %, when it is reached, and anew after a pause',
    (limit) => {
      const { allowed, windowMs, sliceMs } = ALLOWANCES[limit];
      let flow: MailFlow = noFlow('eva');
      const told: (string | null)[] = [];
      const add = (amount: number, nowMs: number): void => {
        const counted = count(flow, { [limit]: amount }, nowMs);
        flow = counted.flow;
        told.push(...counted.warnings.map(({ level }) => level));
      };
      add(allowed * 0.8 - 1, NOON);
      expect(told).toEqual([]);
      add(1, NOON);
      expect(told).toEqual(['near']);
      add(1, NOON);
      expect(told).toEqual(['near']);
      add(allowed * 0.2, NOON);
      expect(told).toEqual(['near', 'reached']);
      const later = NOON + windowMs + sliceMs;
      add(1, later);
      expect(limitUse(flow, limit, later)).toMatchObject({ used: 1, level: null });
      add(allowed * 0.8, later);
      expect(told).toEqual(['near', 'reached', 'near']);
    },
  );

  it('eases when the oldest counts no more, and says when', () => {
    const { flow } = count(noFlow('eva'), { 'recipients-per-day': 9_000 }, NOON);
    const { easesAt, level } = limitUse(flow, 'recipients-per-day', NOON + HOUR_MS);
    expect(level).toBe('near');
    expect(easesAt).toBe(instantOf(NOON + 25 * HOUR_MS));
    const eased = NOON + 25 * HOUR_MS;
    expect(limitUse(flow, 'recipients-per-day', eased)).toMatchObject({ used: 0, easesAt: null });
  });

  it('is never told too little, and hardly too much, whatever comes when', () => {
    const arrivals = fc.array(
      fc.record({
        after: fc.integer({ min: 0, max: 40 * MINUTE_MS }),
        amount: fc.integer({ min: 1, max: 900 }),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(arrivals, (all) => {
        const { windowMs, sliceMs } = ALLOWANCES['received-per-hour'];
        let flow: MailFlow = noFlow('eva');
        let now = NOON;
        const happened: { at: number; amount: number }[] = [];
        for (const { after, amount } of all) {
          now += after;
          happened.push({ at: now, amount });
          flow = count(flow, { 'received-per-hour': amount }, now).flow;
          const within = (ms: number): number =>
            happened.filter(({ at }) => at > now - ms).reduce((sum, one) => sum + one.amount, 0);
          const { used } = limitUse(flow, 'received-per-hour', now);
          expect(used).toBeGreaterThanOrEqual(within(windowMs));
          expect(used).toBeLessThanOrEqual(within(windowMs + sliceMs));
          expect(flow.counted['received-per-hour'].length).toBeLessThanOrEqual(14);
        }
      }),
    );
  });
});
