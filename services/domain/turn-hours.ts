import type { ProfileId } from './ids.ts';
import type { Direction } from './mailbox.ts';
import type { ProcessedTurn } from './processed-turn.ts';
import { epochMsOf, HOUR_MS, type Instant, instantOf } from './time.ts';
import { NO_TURNS, type TurnSums, together, withTurn } from './turn-figures.ts';

/** Turns of a profile's mailboxes that were completed within one hour (UTC). */
export interface TurnHour {
  readonly id: string;
  readonly from: Instant;
  readonly profileId: ProfileId;
  readonly turns: Readonly<Record<Direction, TurnSums>>;
}

/** An hour without turns, for the turn that is its first. */
function emptyHour(turn: ProcessedTurn): TurnHour {
  const from = hourOf(turn.completedAt);
  const { profileId } = turn;
  return {
    id: `${from} ${profileId}`,
    from,
    profileId,
    turns: { incoming: NO_TURNS, outgoing: NO_TURNS, act: NO_TURNS },
  };
}

export function hourOf(instant: Instant): Instant {
  return instantOf(Math.floor(epochMsOf(instant) / HOUR_MS) * HOUR_MS);
}

/** Counts a turn into its hour; the hours of other turns stay as they are. */
export function countTurn(hours: Map<string, TurnHour>, turn: ProcessedTurn): void {
  const empty = emptyHour(turn);
  const hour = hours.get(empty.id) ?? empty;
  const { direction } = turn;
  hours.set(hour.id, {
    ...hour,
    turns: { ...hour.turns, [direction]: withTurn(hour.turns[direction], turn) },
  });
}

/** Two parts of one hour. */
export function hoursTogether(one: TurnHour | undefined, other: TurnHour): TurnHour {
  return one === undefined ? other : { ...other, turns: turnsTogether(one.turns, other.turns) };
}

export function turnsTogether(one: TurnHour['turns'], other: TurnHour['turns']): TurnHour['turns'] {
  return {
    incoming: together(one.incoming, other.incoming),
    outgoing: together(one.outgoing, other.outgoing),
    act: together(one.act, other.act),
  };
}
