import type { ServerAddress } from '../../domain/set-up-change.ts';
import type { WantedPart } from '../profile-change-rules.ts';
import { NOWHERE } from '../profile-parts.ts';
import { flagIn, type RowValues, textIn } from './row-values.ts';
import type { Row } from './web-api.ts';

/**
 * The columns that make a part of the profile what is wanted; nothing else of the row is written. The
 * value is one of the part's: a server's address of a side, an address or nothing of the location.
 */
export function valuesFor(row: RowValues, { part, now }: WantedPart): Row {
  if (part !== 'location') {
    const { host, port, tls } = now as ServerAddress;
    return {
      [`${part}serverlocation`]: host,
      [`${part}portnumber`]: port,
      [`${part}usessl`]: tls !== 'none',
    };
  }
  if (now === null) {
    // 8005E205: no location of either side may stand there while Auto Discover is on.
    return { useautodiscover: true, incomingserverlocation: null, outgoingserverlocation: null };
  }
  if (now === NOWHERE) return { useautodiscover: false };
  const incoming = textIn(row, 'incomingserverlocation');
  const byDefault = incoming === null && textIn(row, 'defaultserverlocation') !== null;
  if (byDefault && flagIn(row, 'useautodiscover') !== true) {
    return { useautodiscover: false, defaultserverlocation: now };
  }
  // Somebody who named another server for sending keeps it.
  const follows = textIn(row, 'outgoingserverlocation') === incoming;
  return {
    useautodiscover: false,
    incomingserverlocation: now,
    ...(follows && { outgoingserverlocation: now }),
  };
}
