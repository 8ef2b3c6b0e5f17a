import { CONFIRM_AFTER_MS, LONGEST_WAIT_MS } from '../domain/failure-policy.ts';
import { type IncidentId, idOf } from '../domain/ids.ts';
import type { Incident, IncidentMemberState } from '../domain/incident.ts';
import type { SyncEvent } from '../domain/sync-event.ts';
import { epochMsOf, type Instant, instantOf, MINUTE_MS } from '../domain/time.ts';
import type { Reader, Transaction } from '../store/index.ts';
import { incidentCause } from './incident-cause.ts';
import {
  type DirectionEvent,
  type IncidentChange,
  moveMember,
  openIncidentsOf,
} from './incident-members.ts';

export type FailureEvent = Extract<SyncEvent, { failure: unknown }>;

/** Fails, works, fails again: within this time it is one story on one card (teams-bots.md, row 13). */
const FLAPPING_MS = 30 * MINUTE_MS;

const NO_MEMBERS = {
  confirming: 0,
  retrying: 0,
  disabled: 0,
  'answers-again': 0,
  well: 0,
} as const;

export interface Joined {
  readonly joined: IncidentChange;
  /** Incidents that the direction was in until now: it fails for another reason. */
  readonly left: readonly IncidentChange[];
}

/** Adds a failing direction to the open incident of its cause, or opens one. */
export async function joinIncident(event: FailureEvent, transaction: Transaction): Promise<Joined> {
  const known = await openIncidentsOf(event.mailboxId, event.direction, transaction);
  const [held] = known;
  if (event.kind === 'direction-confirming' && held !== undefined) {
    // What is being confirmed does not count yet: it neither ends an outage nor begins another.
    return { joined: await awaitConfirmation(held, event, transaction), left: [] };
  }
  const { cause, scope } = incidentCause(event.failure, event.mailboxId, event.profileId);
  const left: IncidentChange[] = [];
  for (const before of known) {
    if (before.cause !== cause) left.push(await change(before, event, 'well', transaction));
  }
  const before =
    known.find((one) => one.cause === cause) ?? (await sameOutage(cause, event, transaction));
  const base: Incident = before ?? {
    id: idOf<IncidentId>(`incident-${event.id}`),
    cause,
    scope,
    profileId: event.profileId,
    mailboxCount: 0,
    counts: NO_MEMBERS,
    direction: event.direction,
    // Nothing was raised for it yet; the first alert of the incident names the article.
    topic: idOf('deliveries-regularly-disabled'),
    failure: event.failure,
    state: 'closed',
    attempt: 0,
    nextAttemptAt: null,
    openedAt: event.at,
    closedAt: null,
    steps: [],
  };
  const moved = await moveMember(
    { ...base, nextAttemptAt: nextAttempt(base, event) },
    event,
    stateAfter(event),
    transaction,
  );
  const after = withFailure(base, moved, event);
  await transaction.put('incidents', after);
  return { joined: { before: before ?? null, after }, left };
}

/** Moves a direction that gets better in every open incident that it belongs to. */
export async function improveIncidents(
  event: DirectionEvent,
  memberState: 'answers-again' | 'well',
  transaction: Transaction,
): Promise<readonly IncidentChange[]> {
  const changes: IncidentChange[] = [];
  for (const before of await openIncidentsOf(event.mailboxId, event.direction, transaction)) {
    changes.push(await change(before, event, memberState, transaction));
  }
  return changes;
}

async function change(
  before: Incident,
  event: DirectionEvent,
  memberState: IncidentMemberState,
  transaction: Transaction,
): Promise<IncidentChange> {
  const after = await moveMember(before, event, memberState, transaction);
  await transaction.put('incidents', after);
  return { before, after };
}

async function awaitConfirmation(
  before: Incident,
  event: FailureEvent,
  transaction: Transaction,
): Promise<IncidentChange> {
  const waits = before.state === 'retrying' || before.state === 'confirming';
  const after = waits ? { ...before, nextAttemptAt: nextAttempt(before, event) } : before;
  if (waits) await transaction.put('incidents', after);
  return { before, after };
}

/** The open incident of this cause, or one that healed by itself so recently that this is the same trouble. */
async function sameOutage(
  cause: string,
  event: FailureEvent,
  reader: Reader,
): Promise<Incident | undefined> {
  const all = await reader.find('incidents', { cause });
  const open = all.find(({ state }) => state !== 'closed');
  if (open !== undefined) return open;
  return all.find(
    ({ closedAt, steps }) =>
      closedAt !== null &&
      epochMsOf(event.at) - epochMsOf(closedAt) < FLAPPING_MS &&
      // One that was disabled and put right by somebody is told anew.
      steps.at(-1)?.kind === 'recovered' &&
      !steps.some(({ kind }) => kind === 'disabled'),
  );
}

/** A card shows one failure: the one that brought the incident to where it is. */
function withFailure(before: Incident, after: Incident, event: FailureEvent): Incident {
  const entered = before.state !== after.state;
  const attempt = event.kind === 'direction-retrying' ? event.attempt : 0;
  const moved = after.steps !== before.steps;
  return {
    ...after,
    // The mailbox that has failed most often; a new round of retries starts over.
    attempt: after.state === 'retrying' && entered ? attempt : Math.max(before.attempt, attempt),
    failure: moved ? event.failure : before.failure,
    topic: moved && 'alert' in event ? event.alert.topic : before.topic,
  };
}

/** The soonest that is still to come, so that five hundred mailboxes change it once a round. */
function nextAttempt(incident: Incident, event: FailureEvent): Instant | null {
  const planned = incident.nextAttemptAt;
  const own = ownNextAttempt(event);
  if (planned === null || planned <= event.at) return own ?? planned;
  return own === null || planned < own ? planned : own;
}

function ownNextAttempt(event: FailureEvent): Instant | null {
  if (event.kind === 'direction-retrying') return event.nextAttemptAt;
  if (event.kind !== 'direction-confirming') return null;
  const wait = Math.max(CONFIRM_AFTER_MS, event.failure.retryAfterMs ?? 0);
  return instantOf(epochMsOf(event.at) + Math.min(LONGEST_WAIT_MS, wait));
}

function stateAfter(event: FailureEvent): IncidentMemberState {
  if (event.kind === 'direction-confirming') return 'confirming';
  return event.kind === 'direction-retrying' ? 'retrying' : 'disabled';
}
