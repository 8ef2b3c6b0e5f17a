import type { Alert } from '../../domain/alert.ts';
import { informationEnds } from '../../domain/alert-wall.ts';
import type { SpokenDirection } from '../../domain/diagnosis.ts';
import { idOf, type MailboxId, type ProfileId } from '../../domain/ids.ts';
import { DIRECTIONS, type Direction } from '../../domain/mailbox.ts';
import type { Instant } from '../../domain/time.ts';
import type { NamedAlert } from './failure-of-alert.ts';
import { keyIn, lookupIn, momentIn, type RowValues, textIn } from './row-values.ts';

/** What an alert is about, as far as its trace log does not say. */
export interface AroundAlert {
  /** Of the mailbox that it regards. */
  readonly profileId: ProfileId | null;
  /** Directions of that mailbox that fail now: an alert that names none is about the first. */
  readonly failing: readonly Direction[];
  /** Of an error or warning; null while its condition holds. */
  readonly closedAt: Instant | null;
}

/** A trace log that regards neither a mailbox nor a profile is nobody's alert. */
export function toAlert(row: RowValues, named: NamedAlert, around: AroundAlert): Alert | null {
  const regarding = regardingIn(row);
  const id = keyIn(row, 'tracelogid');
  const raisedAt = momentIn(row, 'createdon');
  if (regarding === null || id === null || raisedAt === null) return null;
  const { topic, level, failure, slots } = named;
  const text = textIn(row, 'text');
  return {
    id: idOf(id),
    topic,
    level,
    scope: failure.scope,
    nature: failure.nature,
    mailboxId: regarding.mailboxId,
    profileId: regarding.profileId ?? around.profileId,
    direction: directionOf(named.direction, around.failing),
    slots,
    raisedAt,
    closedAt: level === 'information' ? informationEnds(raisedAt) : around.closedAt,
    ...(text !== null && { text }),
  };
}

function regardingIn(
  row: RowValues,
): { readonly mailboxId: MailboxId | null; readonly profileId: ProfileId | null } | null {
  const regarding = lookupIn(row, 'regardingobjectid');
  if (regarding === null) return null;
  return regarding.table === 'emailserverprofile'
    ? { mailboxId: null, profileId: idOf(regarding.id) }
    : { mailboxId: idOf(regarding.id), profileId: null };
}

const SPOKEN: Readonly<Record<SpokenDirection, readonly Direction[]>> = {
  receive: ['incoming'],
  send: ['outgoing'],
  both: ['incoming', 'outgoing'],
  act: ['act'],
};

/** The directions that the words may mean; all where they name none. */
function directionsOf(spoken: SpokenDirection | null): readonly Direction[] {
  return spoken === null ? DIRECTIONS : SPOKEN[spoken];
}

/** Words for sending and receiving at once are about what fails. */
function directionOf(spoken: SpokenDirection | null, failing: readonly Direction[]): Direction {
  const meant = directionsOf(spoken);
  return meant.find((direction) => failing.includes(direction)) ?? meant[0] ?? 'incoming';
}
