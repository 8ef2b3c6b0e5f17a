import type { Arrivals } from './received-since.ts';

/** So many ids are remembered: as long as one of them survives, the messages after it are the new ones. */
const REMEMBERED = 20;

export interface Pop3Arrivals {
  /** Each id of the listing, in its order: oldest first. */
  add(uid: string): void;
  read(): Arrivals;
}

/**
 * `lastSeenUid` of POP3: `17:0a1b2c3d,…` is how many messages there were, and the newest ids, hashed
 * (RFC 1939 lets one have 70 characters). People delete what they have read: the newest id alone would
 * often be gone by the next look.
 */
export function createPop3Arrivals(lastSeenUid: string | null | undefined): Pop3Arrivals {
  const before = seenIn(lastSeenUid);
  const known = new Set(before?.newest);
  const newest: string[] = [];
  let count = 0;
  let lastKnown = 0;

  function newMessages(): number | null {
    if (before === null) return null;
    if (lastKnown > 0) return count - lastKnown;
    // None of them is left. If all were remembered, somebody fetched them and deleted them, as people
    // with POP3 do; that the server named all of them anew is rarer and looks the same. Else only how
    // much has been added can be told.
    return before.count <= known.size ? count : Math.max(0, count - before.count);
  }

  return {
    add(uid) {
      const hash = hashOf(uid);
      count += 1;
      if (known.has(hash)) lastKnown = count;
      newest.push(hash);
      if (newest.length > REMEMBERED) newest.shift();
    },
    read() {
      const ids = newest.join(',');
      const unchanged = before !== null && before.newest.join(',') === ids;
      return {
        lastSeenUid: unchanged ? before.mark : `${count}:${ids}`,
        newMessages: newMessages(),
      };
    },
  };
}

function seenIn(mark: string | null | undefined) {
  const [, count, ids] = /^(\d+):((?:[\da-f]{8},?)*)$/.exec(mark ?? '') ?? [];
  if (mark == null || ids === undefined) return null;
  return { mark, count: Number(count), newest: ids === '' ? [] : ids.split(',') };
}

/** FNV-1a: a look hashes every id of the maildrop. */
function hashOf(uid: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < uid.length; at += 1) {
    hash = Math.imul(hash ^ uid.charCodeAt(at), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
