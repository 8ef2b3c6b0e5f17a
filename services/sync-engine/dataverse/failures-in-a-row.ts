import { DIRECTIONS, type Direction, type Mailbox } from '../../domain/mailbox.ts';
import type { ProcessedTurn } from '../../domain/processed-turn.ts';

export function isRetried({ directions }: Mailbox): boolean {
  return DIRECTIONS.some((direction) => directions[direction].transientFailures > 0);
}

/**
 * A row says that a direction fails, and not how often in a row: `transientfailurecount` packs the
 * counts of all operations together. The last turns say it.
 */
export function withFailuresInARow(
  mailbox: Mailbox,
  oldestFirst: readonly ProcessedTurn[],
): Mailbox {
  const counted = (direction: Direction) => {
    const state = mailbox.directions[direction];
    if (state.transientFailures === 0) return state;
    const turns = oldestFirst.filter((turn) => turn.direction === direction);
    const lastGood = turns.findLastIndex(({ outcome }) => outcome !== 'failed');
    return { ...state, transientFailures: Math.max(1, turns.length - 1 - lastGood) };
  };
  const { incoming, outgoing, act } = Object.fromEntries(
    DIRECTIONS.map((direction) => [direction, counted(direction)]),
  ) as Mailbox['directions'];
  return { ...mailbox, directions: { incoming, outgoing, act } };
}
