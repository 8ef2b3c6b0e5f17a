import type { StoredMessage } from './mail-store.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The answer to `FETCH set items` (RFC 3501 §7.4.2) for the few items that clients of the demo ask for. */
export function fetchMessages(
  messages: readonly StoredMessage[],
  argument: string,
  byUid: boolean,
): Buffer {
  const [set = '', ...rest] = argument.split(' ');
  const asked = rest.join(' ').toUpperCase();
  const parts: Buffer[] = [];
  messages.forEach((message, index) => {
    const number = byUid ? message.uid : index + 1;
    if (!isIn(set, number, messages.length)) return;
    const items = itemsOf(message, asked, byUid);
    const body =
      asked.includes('BODY') || asked.includes('RFC822]') ? bodyOf(message) : Buffer.alloc(0);
    parts.push(Buffer.from(`* ${index + 1} FETCH (${items.join(' ')}`), body, Buffer.from(')\r\n'));
  });
  return Buffer.concat(parts);
}

function itemsOf(
  { uid, raw, receivedAt }: StoredMessage,
  asked: string,
  byUid: boolean,
): readonly string[] {
  const items = ['FLAGS ()'];
  if (byUid || asked.includes('UID')) items.push(`UID ${uid}`);
  if (asked.includes('INTERNALDATE')) items.push(`INTERNALDATE "${internalDate(receivedAt)}"`);
  if (asked.includes('RFC822.SIZE')) items.push(`RFC822.SIZE ${raw.length}`);
  return items;
}

function bodyOf({ raw }: StoredMessage): Buffer {
  return Buffer.concat([Buffer.from(` BODY[] {${raw.length}}\r\n`), raw]);
}

/** Sequence sets: `1,3:5,*`, where the star is the last message. */
function isIn(set: string, number: number, last: number): boolean {
  const numberOf = (text: string): number => (text === '*' ? last : Number(text));
  return set.split(',').some((range) => {
    const [first = '', end = first] = range.split(':');
    const [low = 0, high = 0] = [numberOf(first), numberOf(end)].sort((a, b) => a - b);
    return number >= low && number <= high;
  });
}

function internalDate(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${two(date.getUTCDate())}-${MONTHS[date.getUTCMonth()] ?? ''}-${date.getUTCFullYear()}`;
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
  return `${day} ${time} +0000`;
}
