import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPop3Arrivals } from '../../../services/probes/pop3-arrivals.ts';

function look(lastSeenUid: string | null, uids: readonly string[]) {
  const arrivals = createPop3Arrivals(lastSeenUid);
  for (const uid of uids) arrivals.add(uid);
  return arrivals.read();
}
const uids = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from }, (_, index) => `uid-${from + index}`);

describe('new messages of a POP3 maildrop', () => {
  it('are not known on the first look, nor after another protocol’s', () => {
    for (const mark of [null, '7:43:12', 'uid-3', '2026-11-24T01:02:03Z+2']) {
      expect(look(mark, uids(0, 3)).newMessages).toBeNull();
    }
  });

  it('are those that the server lists after what was seen last', () => {
    const first = look(null, uids(0, 100));
    expect(look(first.lastSeenUid, uids(0, 103)).newMessages).toBe(3);
    expect(look(look(null, []).lastSeenUid, uids(0, 2)).newMessages).toBe(2);
  });

  it('leave nothing to remember when there are none', () => {
    const { lastSeenUid } = look(null, uids(0, 100));
    expect(look(lastSeenUid, uids(0, 100))).toEqual({ lastSeenUid, newMessages: 0 });
    expect(look(lastSeenUid, uids(50, 100))).toEqual({ lastSeenUid, newMessages: 0 });
  });

  it('are counted right when the newest have been read and deleted meanwhile', () => {
    const { lastSeenUid } = look(null, uids(0, 100));
    expect(look(lastSeenUid, [...uids(0, 95), ...uids(100, 104)]).newMessages).toBe(4);
    expect(look(lastSeenUid, uids(0, 97)).newMessages).toBe(0);
  });

  it('are all there are when a client fetches and deletes everything each time', () => {
    const { lastSeenUid } = look(null, uids(0, 5));
    expect(look(lastSeenUid, uids(5, 8)).newMessages).toBe(3);
  });

  it('are never more than there are when the server names every message anew', () => {
    const { lastSeenUid } = look(null, uids(0, 100));
    const renamed = Array.from({ length: 102 }, (_, index) => `other-${index}`);
    expect(look(lastSeenUid, renamed).newMessages).toBe(2);
  });

  it('are counted right whatever is deleted, as long as one of the last twenty is left', () => {
    const maildrop = fc.record({
      before: fc.integer({ min: 0, max: 60 }),
      kept: fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }),
      arrived: fc.integer({ min: 0, max: 30 }),
    });
    fc.assert(
      fc.property(maildrop, ({ before, kept, arrived }) => {
        const { lastSeenUid } = look(null, uids(0, before));
        const left = uids(0, before).filter(
          (_, index) => kept[index] === true || index === before - 20,
        );
        const seen = look(lastSeenUid, [...left, ...uids(before, before + arrived)]);
        expect(seen.newMessages).toBe(arrived);
      }),
    );
  });
});
