import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrivalsSince, lookFrom } from '../../../services/probes/received-since.ts';

const FIRST = '2026-11-24T01:02:03Z';
const LATER = '2026-11-24T01:07:00Z';

describe('where a look at an inbox ends, and what is new at the next', () => {
  it('counts nothing on the first look, and remembers how many of the last second it saw', () => {
    const view = { total: null, receivedAt: [LATER, LATER, FIRST] };
    expect(arrivalsSince(null, view)).toEqual({ lastSeenUid: `${LATER}+2`, newMessages: null });
  });

  it('looks from the last second on, and does not count again what it saw of it', () => {
    expect(lookFrom(`${FIRST}+1`)).toBe(FIRST);
    const view = { total: 3, receivedAt: [LATER, FIRST, FIRST] };
    expect(arrivalsSince(`${FIRST}+1`, view)).toEqual({
      lastSeenUid: `${LATER}+1`,
      newMessages: 2,
    });
  });

  it('ends where it began while nothing comes', () => {
    const view = { total: 1, receivedAt: [FIRST] };
    expect(arrivalsSince(`${FIRST}+1`, view)).toEqual({
      lastSeenUid: `${FIRST}+1`,
      newMessages: 0,
    });
  });

  it('counts the first messages of an inbox that was empty', () => {
    const empty = arrivalsSince(null, { total: null, receivedAt: [] });
    const view = { total: 2, receivedAt: [LATER, FIRST] };
    expect(arrivalsSince(empty.lastSeenUid, view).newMessages).toBe(2);
  });

  it('counts what comes after everything was moved away', () => {
    const emptied = arrivalsSince(`${FIRST}+2`, { total: 0, receivedAt: [] });
    expect(emptied.newMessages).toBe(0);
    const view = { total: 1, receivedAt: [LATER] };
    expect(arrivalsSince(emptied.lastSeenUid, view).newMessages).toBe(1);
  });

  it.each(['412', 'message-7', '1970', '', null, undefined])(
    'takes the mark %j, which is of another protocol or none, for no mark',
    (mark) => {
      expect(lookFrom(mark)).toBeNull();
      expect(arrivalsSince(mark, { total: 5, receivedAt: [FIRST] }).newMessages).toBeNull();
    },
  );

  it('takes times with fractions and of other zones, and leaves out what is no time', () => {
    const receivedAt = ['not a time', '2026-11-24T02:07:00.900+01:00', LATER];
    expect(arrivalsSince(null, { total: null, receivedAt }).lastSeenUid).toBe(`${LATER}+2`);
  });

  it.each([
    ['exactly once, where a page shows more than one second', 99],
    ['never twice, where a second holds more than a page', 3],
  ])('counts every message %s', (_how, page) => {
    const seconds = fc.array(fc.array(fc.nat(3), { maxLength: 8 }), { maxLength: 8 });
    fc.assert(
      fc.property(seconds, (looks) => {
        const inbox: number[] = [];
        let clock = Date.parse(FIRST);
        let mark: string | null = null;
        let counted = 0;
        for (const gaps of looks) {
          for (const gap of gaps) inbox.push((clock += gap * 1_000));
          const from = lookFrom(mark);
          const since = inbox.filter((time) => from === null || time >= Date.parse(from));
          const arrivals = arrivalsSince(mark, {
            total: since.length,
            receivedAt: since
              .map((time) => new Date(time).toISOString())
              .reverse()
              .slice(0, page),
          });
          counted += arrivals.newMessages ?? inbox.length;
          mark = arrivals.lastSeenUid;
        }
        expect(counted).toBeLessThanOrEqual(inbox.length);
        if (page === 99) expect(counted).toBe(inbox.length);
      }),
    );
  });
});
