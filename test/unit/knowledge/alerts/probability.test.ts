import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { probabilityOfAlert } from '../../../../services/knowledge/alerts/probability.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const lead = fc.double({ min: -3, max: 3, noNaN: true });

describe('the probability of an alert', () => {
  it('never falls when the fit or the lead grows, and is never certain', () => {
    fc.assert(
      fc.property(share, share, lead, lead, (oneFit, otherFit, oneLead, otherLead) => {
        const less = { fit: Math.min(oneFit, otherFit), margin: Math.min(oneLead, otherLead) };
        const more = { fit: Math.max(oneFit, otherFit), margin: Math.max(oneLead, otherLead) };
        expect(probabilityOfAlert(less)).toBeLessThanOrEqual(probabilityOfAlert(more));
        expect(probabilityOfAlert(less)).toBeGreaterThan(0);
        expect(probabilityOfAlert(more)).toBeLessThan(1);
      }),
    );
  });

  it('rises from a guess to nearly certain', () => {
    expect(probabilityOfAlert({ fit: 0.4, margin: 0 })).toBeLessThan(0.5);
    expect(probabilityOfAlert({ fit: 0.95, margin: 2 })).toBeGreaterThan(0.99);
  });
});
