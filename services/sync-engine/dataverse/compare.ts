import type { Alert } from '../../domain/alert.ts';
import type { Failure, OccurredFailure } from '../../domain/failure.ts';
import { idOf, type UserId } from '../../domain/ids.ts';
import {
  DIRECTIONS,
  type Direction,
  type DirectionState,
  type Mailbox,
} from '../../domain/mailbox.ts';
import type { Instant } from '../../domain/time.ts';
import type { EventBody } from '../event-body.ts';

/**
 * How a direction is, as people are told of it. Dynamics 365 never tries what it has disabled, so it
 * cannot tell that a server answers again.
 */
export type Condition = 'elsewhere' | 'not-enabled' | 'works' | 'retrying' | 'disabled';

export function conditionOf({ active, directions }: Mailbox, direction: Direction): Condition {
  const { method, enabled, status, transientFailures } = directions[direction];
  if (!active || method !== 'server-side-synchronization') return 'elsewhere';
  if (!enabled) return status === 'failure' ? 'disabled' : 'not-enabled';
  return transientFailures > 0 ? 'retrying' : 'works';
}

export interface Comparing {
  /** Of the mailbox, in any order; the newest of a direction explains its failure. */
  readonly alerts: readonly Alert[];
  /** Who did it, where this bot did; null where somebody else did. */
  readonly by: UserId | null;
  readonly at: Instant;
}

/**
 * What people must hear of the way from one reading of a mailbox to a later one. The values decide,
 * not the row: Dynamics 365 touches a row every quarter of an hour, and the same change may be
 * announced by several sources.
 */
export function compare(
  before: Mailbox,
  after: Mailbox,
  comparing: Comparing,
): readonly EventBody[] {
  const told = [
    ...ofAddress(before, after, comparing),
    ...ofActMethod(before, after, comparing),
    ...ofDirections(before, after, comparing),
  ];
  if (told.length > 0 || shownOf(before) === shownOf(after)) return told;
  return [{ kind: 'mailbox-changed' }];
}

function ofAddress(before: Mailbox, after: Mailbox, { by }: Comparing): readonly EventBody[] {
  const was = before.approval.state;
  const is = after.approval.state;
  const events: EventBody[] = [];
  const moved = before.address.toLowerCase() !== after.address.toLowerCase();
  if (moved) {
    const approvalReset = (was === 'approved' || was === 'rejected') && is !== was;
    const { address } = after;
    events.push({ kind: 'address-changed', formerAddress: before.address, address, approvalReset });
  }
  if (was !== is && (is === 'approved' || is === 'rejected')) {
    const decidedBy = by ?? after.approval.decidedBy;
    events.push({ kind: 'approval-changed', approved: is === 'approved', by: decidedBy });
  }
  return events;
}

function ofActMethod(before: Mailbox, after: Mailbox, { by }: Comparing): readonly EventBody[] {
  const { method } = after.directions.act;
  if (before.directions.act.method === method) return [];
  return [{ kind: 'method-changed', direction: 'act', method, by }];
}

function ofDirections(before: Mailbox, after: Mailbox, comparing: Comparing): readonly EventBody[] {
  const { by } = comparing;
  // Of an inactive mailbox nobody wants to hear which directions failed, or would.
  if (!after.active) return before.active ? [{ kind: 'mailbox-deactivated', by }] : [];
  const own = DIRECTIONS.flatMap((direction) => ofDirection(before, after, direction, comparing));
  if (before.active) return own;
  // What was enabled before goes on; nobody has enabled it now.
  return [
    { kind: 'mailbox-activated', by },
    ...own.filter(({ kind }) => kind !== 'direction-enabled'),
  ];
}

function ofDirection(
  before: Mailbox,
  after: Mailbox,
  direction: Direction,
  comparing: Comparing,
): readonly EventBody[] {
  const was = conditionOf(before, direction);
  const is = conditionOf(after, direction);
  const ran = was === 'works' || was === 'retrying';
  const anew = was !== is || failsOtherwise(before, after, direction);
  switch (is) {
    case 'disabled':
      return anew ? [disabled(before, after, direction, comparing)] : [];
    case 'retrying': {
      if (!anew && !triedAgain(before, after, direction)) return [];
      const retrying = retried(after, direction, comparing);
      return ran ? [retrying] : [enabled(direction, comparing), retrying];
    }
    case 'works':
      if (was === 'works') return [];
      return was === 'retrying'
        ? [{ kind: 'direction-recovered', direction }]
        : [enabled(direction, comparing)];
    case 'not-enabled':
      // After a change of the set-up, a disabled direction waits for Test & enable as before.
      return ran ? [{ kind: 'direction-given-up', direction }] : [];
    case 'elsewhere':
      return ran || was === 'disabled' ? [{ kind: 'direction-given-up', direction }] : [];
  }
}

function enabled(direction: Direction, { by }: Comparing): EventBody {
  return { kind: 'direction-enabled', direction, by };
}

/** A later reading that knows less is no other failure: somebody may have deleted the alert. */
function failsOtherwise(before: Mailbox, after: Mailbox, direction: Direction): boolean {
  const was = before.directions[direction].lastFailure?.reason;
  const is = after.directions[direction].lastFailure?.reason;
  return is !== undefined && is !== 'unknown' && is !== was;
}

/** Told by a system of record that counts. */
function triedAgain(before: Mailbox, after: Mailbox, direction: Direction): boolean {
  const { retriesUncounted, transientFailures } = after.directions[direction];
  const counted = before.directions[direction].transientFailures;
  return retriesUncounted !== true && transientFailures !== counted;
}

function disabled(
  before: Mailbox,
  after: Mailbox,
  direction: Direction,
  comparing: Comparing,
): EventBody {
  const { failure, alert } = explained(after, direction, comparing);
  const former = before.directions[direction].lastFailure?.reason;
  // "A transient error that persists is logged as a new permanent error with the same error code."
  const same = former === failure.reason || failure.reason === 'unknown';
  const exhausted = same && conditionOf(before, direction) === 'retrying';
  const because = exhausted ? 'retries-exhausted' : 'permanent';
  return { kind: 'direction-disabled', direction, failure, because, alert };
}

function retried(after: Mailbox, direction: Direction, comparing: Comparing): EventBody {
  const { retriesUncounted, transientFailures, nextAttemptAt } = after.directions[direction];
  return {
    kind: 'direction-retrying',
    direction,
    ...explained(after, direction, comparing),
    attempt: retriesUncounted === true ? 0 : transientFailures,
    nextAttemptAt,
  };
}

function explained(
  { id, profileId, directions, name }: Mailbox,
  direction: Direction,
  { alerts, at }: Comparing,
): { readonly failure: Failure; readonly alert: Alert } {
  const state = directions[direction];
  const { at: failedAt, ...failure } = state.lastFailure ?? unexplained(state, at);
  const newest = alerts
    .filter((alert) => alert.direction === direction && alert.level !== 'information')
    .sort((a, b) => b.raisedAt.localeCompare(a.raisedAt))[0];
  if (newest !== undefined) return { failure, alert: newest };
  const alert: Alert = {
    id: idOf(`${id}/${direction}/${failedAt}`),
    // Says that deliveries are disabled, whatever the reason.
    topic: idOf('deliveries-regularly-disabled'),
    level: state.enabled ? 'warning' : 'error',
    scope: failure.scope,
    nature: failure.nature,
    mailboxId: id,
    profileId,
    direction,
    slots: { mailbox: name },
    raisedAt: failedAt,
    closedAt: null,
  };
  return { failure, alert };
}

function unexplained({ enabled: runs }: DirectionState, at: Instant): OccurredFailure {
  return {
    scope: 'mailbox',
    nature: runs ? 'transient' : 'permanent',
    stage: 'exchange',
    reason: 'unknown',
    needsConfirmation: false,
    evidence: [],
    at,
  };
}

/** All that a card shows and no event above tells; moments of the next attempt change all the time. */
function shownOf(mailbox: Mailbox): string {
  const { name, address, kind, ownerId, profileId, active, approval, directions } = mailbox;
  const states = DIRECTIONS.map((direction) => {
    const { method, enabled: runs, status } = directions[direction];
    return [method, runs, status];
  });
  return JSON.stringify([name, address, kind, ownerId, profileId, active, approval.state, states]);
}
