import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idOf } from '../../../services/domain/ids.ts';
import { createTeamsRateLimit } from '../../../services/notifications/index.ts';
import { createWorld, failureOf, retrying } from './notification-world.ts';

const WINDOWS = [
  [7, 1_000],
  [8, 2_000],
  [60, 30_000],
  [1_800, 3_600_000],
] as const;

/** The most that any window of this length holds, wherever it begins. */
function fullest(times: readonly number[], lengthMs: number): number {
  let most = 0;
  let from = 0;
  times.forEach((time, index) => {
    while ((times[from] ?? time) <= time - lengthMs) from += 1;
    most = Math.max(most, index - from + 1);
  });
  return most;
}

describe('writing to one conversation', () => {
  it('never exceeds a window of Teams, whenever it is tried', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 200, maxLength: 600 }),
        async (gaps) => {
          let now = 1_000_000;
          const limit = createTeamsRateLimit({ now: () => now });
          const written: number[] = [];
          for (const gap of gaps) {
            now += gap;
            if ((await limit.take('one')) === 0) written.push(now);
          }
          for (const [places, lengthMs] of WINDOWS) {
            expect(fullest(written, lengthMs)).toBeLessThanOrEqual(places);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is possible again after exactly the wait that was named, at the full rate of an hour', async () => {
    let now = 0;
    const limit = createTeamsRateLimit({ now: () => now });
    const written: number[] = [];
    while (now < 3 * 3_600_000) {
      const waitMs = await limit.take('one');
      if (waitMs === 0) written.push(now);
      else {
        now += waitMs - 1;
        expect(await limit.take('one')).toBeGreaterThan(0);
        now += 1;
      }
    }
    for (const [places, lengthMs] of WINDOWS) {
      expect(fullest(written, lengthMs)).toBe(places);
    }
  });

  it('does not slow down another conversation, until the whole bot writes too much', async () => {
    const limit = createTeamsRateLimit({ now: () => 0 });
    for (let place = 0; place < 7; place += 1) await limit.take('one');
    expect(await limit.take('one')).toBeGreaterThan(0);
    for (let other = 0; other < 33; other += 1) expect(await limit.take(`other-${other}`)).toBe(0);
    expect(await limit.take('one-too-many')).toBe(1_000);
  });
});

describe('a burst of cards to one person', () => {
  it('is delivered completely, within the windows', async () => {
    const mailboxes = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [`m${index}`, 'anna-owner']),
    );
    const world = await createWorld({ mailboxes });
    for (const id of Object.keys(mailboxes)) {
      const failure = failureOf({ scope: 'mailbox' });
      await world.happens(idOf<never>(id), retrying(1, world.scheduler.now(), failure));
    }
    await world.passes(90_000, 250);
    const times = world.messenger.asked.map(({ atMs }) => atMs);
    expect(times).toHaveLength(100);
    for (const [places, lengthMs] of WINDOWS) {
      expect(fullest(times, lengthMs)).toBeLessThanOrEqual(places);
    }
  });
});
