import type { SyncEvent } from './sync-event.ts';
import { MINUTE_MS } from './time.ts';

/** While the listener hears, it is told every step; only what has waited longer may be left out. */
export const HELD_MS = 10 * MINUTE_MS;

/**
 * Whether an event need not be told any more because a later one says how things are now: a step of
 * a direction that works, is retried or is looked at while disabled, progress of the same test, a
 * further use of the same limit, a further level of the same early warning, the end of the same
 * outage. What people must hear stays, however old: that a direction was disabled or enabled, and
 * whatever a person decided. So at most three events of a direction wait between two things that
 * people do.
 */
export function supersedes(later: SyncEvent, earlier: SyncEvent): boolean {
  if (later.mailboxId !== earlier.mailboxId) return false;
  switch (earlier.kind) {
    case 'direction-confirming':
    case 'direction-retrying':
    case 'direction-recovered':
    case 'server-answers-again':
    case 'server-fails-again':
      return tellsHowItIs(later) && later.direction === earlier.direction;
    case 'test-run-changed':
      return later.kind === 'test-run-changed' && later.testRunId === earlier.testRunId;
    case 'mailbox-changed':
      // Each event of a mailbox draws its cards anew.
      return true;
    case 'limit-near':
      return later.kind === 'limit-near' && later.use.limit === earlier.use.limit;
    case 'servers-seen':
      return later.kind === 'servers-seen' && later.profileId === earlier.profileId;
    case 'profile-outage-changed':
      // The end of one is not told by the beginning of the next: its card would never hear of it.
      return later.kind === 'profile-outage-changed' && later.outage.id === earlier.outage.id;
    case 'early-warning-raised':
    case 'early-warning-ended':
      return 'warning' in later && later.warning.id === earlier.warning.id;
    case 'direction-disabled':
    case 'direction-enabled':
    case 'direction-given-up':
    case 'approval-changed':
    case 'address-changed':
    case 'waiting-messages-changed':
    case 'profile-changed':
    case 'method-changed':
    case 'mailbox-activated':
    case 'mailbox-deactivated':
      return false;
  }
}

type DirectionTold = Extract<
  SyncEvent,
  { readonly kind: `direction-${string}` | `server-${string}` }
>;

function tellsHowItIs(event: SyncEvent): event is DirectionTold {
  return event.kind.startsWith('direction-') || event.kind.startsWith('server-');
}
