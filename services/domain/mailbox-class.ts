import { DIRECTIONS, type DirectionState, type Mailbox } from './mailbox.ts';
import type { PerformanceThresholds } from './organization.ts';
import { epochMsOf, type Instant, MINUTE_MS } from './time.ts';

/** What the dashboard counts a mailbox as: each one that is configured is exactly one of these. */
export const MAILBOX_CLASSES = [
  'healthy',
  'continuous-errors',
  'intermittent',
  'not-processing',
  'testing',
] as const;
export type MailboxClass = (typeof MAILBOX_CLASSES)[number];

/** A test that was asked for and is not done. */
export interface OpenTest {
  readonly since: Instant;
}

/** All stages of a direction share a minute; three directions and a queue fit into this. */
const TEST_TAKES_LONG_MS = 5 * MINUTE_MS;

/** Failures in a row of an enabled direction, as the dashboard's thresholds count them. */
function failuresInARow(mailbox: Mailbox): number {
  return Math.max(
    0,
    ...usedDirections(mailbox)
      .filter(({ enabled }) => enabled)
      .map(({ transientFailures, confirming }) => transientFailures + (confirming ? 1 : 0)),
  );
}

/**
 * The class of a mailbox; null when it is not configured for server-side synchronization: inactive,
 * or no direction of it is delivered that way. What is looked at by a person right now comes first,
 * then what fails and still runs, then what does not run: never enabled, or disabled by the system,
 * which Dynamics 365 cannot tell apart either (only `enabledfor…` says so).
 */
export function classOf(
  mailbox: Mailbox,
  test: OpenTest | null,
  thresholds: PerformanceThresholds,
): MailboxClass | null {
  const used = usedDirections(mailbox);
  if (!mailbox.active || used.length === 0) return null;
  if (test !== null) return 'testing';
  const failures = failuresInARow(mailbox);
  if (failures >= thresholds.permanentFrom) return 'continuous-errors';
  if (mailbox.profileId === null || used.some(({ enabled }) => !enabled)) return 'not-processing';
  return failures >= thresholds.intermittentFrom ? 'intermittent' : 'healthy';
}

/** Disabled by the system, and therefore one that synchronized before; a person disables nothing. */
export function isSystemDisabled(mailbox: Mailbox): boolean {
  return mailbox.active && usedDirections(mailbox).some(({ disabledAt }) => disabledAt !== null);
}

export function takesLong(test: OpenTest, nowMs: number): boolean {
  return nowMs - epochMsOf(test.since) >= TEST_TAKES_LONG_MS;
}

function usedDirections({ directions }: Mailbox): readonly DirectionState[] {
  return DIRECTIONS.map((direction) => directions[direction]).filter(
    ({ method }) => method === 'server-side-synchronization',
  );
}
