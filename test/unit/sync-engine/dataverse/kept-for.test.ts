import { describe, expect, it } from 'vitest';
import { keptFor } from '../../../../services/sync-engine/dataverse/kept-for.ts';
import { asPerson } from '../../../support/dataverse-api.ts';
import { createFakeScheduler } from '../../../support/fake-scheduler.ts';

describe('what is kept for a while', () => {
  it('is read once for all who ask in the meantime, and again afterwards', async () => {
    const clock = createFakeScheduler();
    let readings = 0;
    const value = keptFor(clock, 1_000, async () => {
      readings += 1;
      return readings;
    });
    const asking = asPerson();
    expect(await Promise.all([value(asking), value(asking)])).toEqual([1, 1]);
    await clock.advance(999);
    expect(await value(asking)).toBe(1);
    await clock.advance(1);
    expect(await value(asking)).toBe(2);
  });

  it('is not what failed', async () => {
    let readings = 0;
    const value = keptFor(createFakeScheduler(), 1_000, async () => {
      readings += 1;
      if (readings === 1) throw new Error('no network');
      return 'there';
    });
    await expect(value(asPerson())).rejects.toThrow('no network');
    expect(await value(asPerson())).toBe('there');
  });
});
