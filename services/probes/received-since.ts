/**
 * `lastSeenUid` of Exchange: `2026-11-24T01:02:03Z+2` is the second in which the newest message arrived,
 * and how many of that second were seen. Ids will not do: Exchange gives a message another one when it is
 * moved. Times alone will not do either: they are told to the second, and two may arrive in one.
 */
interface Seen {
  readonly receivedAt: string;
  readonly count: number;
}

export interface InboxView {
  /** Messages from the second on that was asked for, all of the inbox on the first look; null: not told. */
  readonly total: number | null;
  /** When the newest of them arrived, newest first; a page, not necessarily all. */
  readonly receivedAt: readonly string[];
}

export interface Arrivals {
  readonly lastSeenUid: string;
  readonly newMessages: number | null;
}

/** As many as a page of a look lists. */
export const LISTED = 50;

const BEFORE_ALL_MAIL: Seen = { receivedAt: '1970-01-01T00:00:00Z', count: 0 };
const UID = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\+(\d{1,9})$/;

/** From which second on to look; null for the first look, or for another protocol's mark. */
export function lookFrom(lastSeenUid: string | null | undefined): string | null {
  return seenIn(lastSeenUid)?.receivedAt ?? null;
}

/** Never tells too much: what was moved or deleted since the last look, and was of its last second, hides one. */
export function arrivalsSince(
  lastSeenUid: string | null | undefined,
  { total, receivedAt }: InboxView,
): Arrivals {
  const seconds = receivedAt.map(toTheSecond).filter((second) => second !== null);
  const newest = seconds[0];
  const before = seenIn(lastSeenUid);
  if (before === null || total === null) {
    const seen = newest === undefined ? BEFORE_ALL_MAIL : seenAt(newest, seconds, total);
    return { lastSeenUid: uidOf(seen), newMessages: null };
  }
  const newMessages = Math.max(0, total - before.count);
  if (newest === undefined || newest === before.receivedAt)
    return { lastSeenUid: uidOf({ ...before, count: total }), newMessages };
  return { lastSeenUid: uidOf(seenAt(newest, seconds, newMessages)), newMessages };
}

/** Where a page shows one second alone, all the others may be of that second too. */
function seenAt(second: string, seconds: readonly string[], most: number | null): Seen {
  const shown = seconds.filter((each) => each === second).length;
  const isAll = shown === seconds.length;
  return { receivedAt: second, count: isAll ? Math.max(shown, most ?? 0) : shown };
}

function seenIn(lastSeenUid: string | null | undefined): Seen | null {
  const [, receivedAt, count] = UID.exec(lastSeenUid ?? '') ?? [];
  return receivedAt === undefined ? null : { receivedAt, count: Number(count) };
}

function uidOf({ receivedAt, count }: Seen): string {
  return `${receivedAt}+${count}`;
}

function toTheSecond(time: string): string | null {
  const ms = Date.parse(time);
  return Number.isNaN(ms) ? null : `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
