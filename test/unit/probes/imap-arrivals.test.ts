import { describe, expect, it } from 'vitest';
import { arrivalsIn, type InboxState } from '../../../services/probes/imap-arrivals.ts';

const inbox: InboxState = { uidValidity: 7n, uidNext: 43, exists: 12 };
const neverAsked = () => Promise.reject(new RangeError('nothing is to be listed'));
const lists = (...uids: readonly number[]) => {
  const asked: number[] = [];
  return {
    asked,
    from: async (uid: number) => {
      asked.push(uid);
      return uids;
    },
  };
};

describe('new messages of an IMAP inbox', () => {
  it('are not known on the first look, nor after another protocol’s, and nothing is listed', async () => {
    for (const mark of [null, undefined, '42', '2026-11-24T01:02:03Z+2', '17:0a1b2c3d']) {
      expect(await arrivalsIn(mark, inbox, neverAsked)).toEqual({
        lastSeenUid: '7:43:12',
        newMessages: null,
      });
    }
  });

  it('are none while the server has given out no UID since, whatever was deleted', async () => {
    expect(await arrivalsIn('7:43:12', { ...inbox, exists: 3 }, neverAsked)).toEqual({
      lastSeenUid: '7:43:12',
      newMessages: 0,
    });
  });

  it('are those that the server lists from the last UIDNEXT on', async () => {
    const list = lists(43, 45, 46);
    const grown = { ...inbox, uidNext: 47, exists: 9 };
    expect(await arrivalsIn('7:43:12', grown, list.from)).toEqual({
      lastSeenUid: '7:47:9',
      newMessages: 3,
    });
    expect(list.asked).toEqual([43]);
  });

  it('are none when all of them are gone again and the server lists the last older one', async () => {
    const grown = { ...inbox, uidNext: 47 };
    expect(await arrivalsIn('7:43:12', grown, lists(41).from)).toMatchObject({ newMessages: 0 });
  });

  it('are not the old ones when UIDVALIDITY changes: only what the inbox holds more than before', async () => {
    const rebuilt = { uidValidity: 8n, uidNext: 15, exists: 14 };
    expect(await arrivalsIn('7:43:12', rebuilt, neverAsked)).toEqual({
      lastSeenUid: '8:15:14',
      newMessages: 2,
    });
    const higher = { ...rebuilt, uidNext: 900 };
    expect(await arrivalsIn('7:43:12', higher, neverAsked)).toMatchObject({ newMessages: 2 });
    const emptied = { ...rebuilt, exists: 5 };
    expect(await arrivalsIn('7:43:12', emptied, neverAsked)).toMatchObject({ newMessages: 0 });
  });

  it('are counted the same way where UIDNEXT went back, which it never should', async () => {
    const back = { ...inbox, uidNext: 10, exists: 13 };
    expect(await arrivalsIn('7:43:12', back, neverAsked)).toMatchObject({ newMessages: 1 });
  });
});
