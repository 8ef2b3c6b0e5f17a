import type { Incident, IncidentStep } from '../domain/incident.ts';
import type { SyncEvent } from '../domain/sync-event.ts';

/** The story of an outage is kept to its newest lines; the counts stay exact. */
const LONGEST_STORY = 60;

/**
 * The story tells what the incident as a whole went through, each transition once: five hundred
 * mailboxes take the same steps minutes apart. Returns the same array when there is nothing to add.
 */
export function storyWith(
  before: Incident,
  state: Incident['state'],
  event: SyncEvent,
): readonly IncidentStep[] {
  const step = stepOf(before, state, event);
  return step === null ? before.steps : [...before.steps, step].slice(-LONGEST_STORY);
}

function stepOf(before: Incident, state: Incident['state'], event: SyncEvent): IncidentStep | null {
  const entered = before.state !== state;
  switch (event.kind) {
    case 'direction-confirming':
      return entered && state === 'confirming'
        ? { at: event.at, kind: 'confirming', attempt: null }
        : null;
    case 'direction-retrying':
      return state === 'retrying' && (entered || event.attempt > before.attempt)
        ? { at: event.at, kind: 'retrying', attempt: event.attempt === 0 ? null : event.attempt }
        : null;
    case 'direction-disabled':
      return entered && state === 'disabled'
        ? { at: event.at, kind: 'disabled', attempt: null }
        : null;
    case 'server-answers-again':
      return saidSinceItFailed(before.steps)
        ? null
        : { at: event.at, kind: 'answers-again', attempt: null };
    case 'server-fails-again':
      return entered && state === 'disabled'
        ? { at: event.at, kind: 'fails-again', attempt: null }
        : null;
    case 'direction-recovered':
      return entered && state === 'closed'
        ? { at: event.at, kind: 'recovered', attempt: null }
        : null;
    case 'direction-enabled':
      return entered && state === 'closed'
        ? { at: event.at, kind: 'enabled', attempt: null }
        : null;
    case 'direction-given-up':
    case 'method-changed':
    case 'mailbox-deactivated':
      return entered && state === 'closed'
        ? { at: event.at, kind: 'given-up', attempt: null }
        : null;
    case 'mailbox-activated':
    case 'profile-changed':
    case 'approval-changed':
    case 'address-changed':
    case 'waiting-messages-changed':
    case 'limit-near':
    case 'servers-seen':
    case 'mailbox-changed':
    case 'profile-outage-changed':
    case 'early-warning-raised':
    case 'early-warning-ended':
    case 'test-run-changed':
      return null;
  }
}

function saidSinceItFailed(steps: readonly IncidentStep[]): boolean {
  const failed = steps.findLastIndex(({ kind }) => kind === 'disabled' || kind === 'fails-again');
  return steps.slice(failed + 1).some(({ kind }) => kind === 'answers-again');
}
