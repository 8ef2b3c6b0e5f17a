import type { Direction } from './mailbox.ts';
import { MINUTE_MS } from './time.ts';

/** "Email cycle normally 5 min; 2 min when busy; up to 12 min when idle" (domain.md §6.3). */
export const BUSY_GAP_MS = 2 * MINUTE_MS;
export const NORMAL_GAP_MS = 5 * MINUTE_MS;
/** "ACT typically every 15 min" (ibid.). */
const ACT_GAP_MS = 15 * MINUTE_MS;

/** A mailbox counts as idle after an hour of normal turns; then it is left alone ever longer. */
const NORMAL_TURNS = 12;
const IDLE_GAPS_MS = [6, 8, 10, 12].map((minutes) => minutes * MINUTE_MS);
const LONGEST_GAP_MS = 12 * MINUTE_MS;

/** A direction that nothing is known of yet is neither busy nor idle. */
export const NOTHING_KNOWN = 1;

/**
 * How long a working direction is left alone after a turn. `quietTurns`: how many turns in a row found
 * nothing to do; 0 is the turn after which mail had arrived or messages still waited.
 */
export function pollingGapMs(direction: Direction, quietTurns: number): number {
  if (direction === 'act') return ACT_GAP_MS;
  if (quietTurns <= 0) return BUSY_GAP_MS;
  if (quietTurns <= NORMAL_TURNS) return NORMAL_GAP_MS;
  return IDLE_GAPS_MS[quietTurns - NORMAL_TURNS - 1] ?? LONGEST_GAP_MS;
}
