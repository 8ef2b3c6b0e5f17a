import type { Arrivals } from './received-since.ts';

/** INBOX as SELECT or EXAMINE tells of it. */
export interface InboxState {
  readonly uidValidity: bigint | number;
  readonly uidNext: number;
  readonly exists: number;
}

/**
 * `lastSeenUid` of IMAP: `1700000000:1043:17` is UIDVALIDITY, UIDNEXT and how many messages there were.
 * `listFrom` asks the server for the UIDs from one on, and only where some have been given out.
 */
export async function arrivalsIn(
  lastSeenUid: string | null | undefined,
  { uidValidity, uidNext, exists }: InboxState,
  listFrom: (uid: number) => Promise<readonly number[]>,
): Promise<Arrivals> {
  const mark = `${uidValidity}:${uidNext}:${exists}`;
  const before = seenIn(lastSeenUid);
  if (before === null) return { lastSeenUid: mark, newMessages: null };
  if (before.uidValidity !== String(uidValidity) || uidNext < before.uidNext) {
    // All UIDs are others now (RFC 3501 §2.3.1.1): the same messages must not count as new.
    return { lastSeenUid: mark, newMessages: Math.max(0, exists - before.exists) };
  }
  // What was deleted meanwhile changes nothing, and is not worth a write.
  if (uidNext === before.uidNext) return { lastSeenUid: before.mark, newMessages: 0 };
  const uids = await listFrom(before.uidNext);
  // `n:*` names the last message even where its UID is below n.
  const newMessages = uids.filter((uid) => uid >= before.uidNext).length;
  return { lastSeenUid: mark, newMessages };
}

function seenIn(mark: string | null | undefined) {
  const [, uidValidity, uidNext, exists] = /^(\d+):(\d+):(\d+)$/.exec(mark ?? '') ?? [];
  return mark == null || uidValidity === undefined
    ? null
    : { mark, uidValidity, uidNext: Number(uidNext), exists: Number(exists) };
}
