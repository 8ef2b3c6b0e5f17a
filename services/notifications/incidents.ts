import type { TopicId } from '../domain/ids.ts';
import { idOf } from '../domain/ids.ts';
import type { Incident, IncidentMemberState, IncidentStep } from '../domain/incident.ts';
import type { Direction } from '../domain/mailbox.ts';
import type { SyncEvent } from '../domain/sync-event.ts';
import type { Transaction } from '../store/index.ts';
import { incidentCause } from './incident-cause.ts';

type FailureEvent = Extract<SyncEvent, { failure: unknown }>;

/** The story of an outage is kept to its newest lines; the counts stay exact. */
const LONGEST_STORY = 60;

const NO_MEMBERS = {
  confirming: 0,
  retrying: 0,
  disabled: 0,
  'answers-again': 0,
  well: 0,
} as const;

/** Adds a failing direction to the open incident of its cause, or opens one. */
export async function joinIncident(
  event: FailureEvent,
  transaction: Transaction,
): Promise<Incident> {
  await leaveOtherIncidents(event, transaction);
  const { cause, scope } = incidentCause(event.failure, event.mailboxId, event.profileId);
  const open = (await transaction.find('incidents', { cause })).find(
    (one) => one.state !== 'closed',
  );
  const memberState = stateAfter(event);
  const incident: Incident = open ?? {
    id: idOf(`incident-${event.id}`),
    cause,
    scope,
    profileId: event.profileId,
    mailboxCount: 0,
    counts: NO_MEMBERS,
    direction: event.direction,
    topic: topicOf(event),
    failure: event.failure,
    state: 'confirming',
    attempt: 0,
    nextAttemptAt: null,
    openedAt: event.at,
    closedAt: null,
    steps: [],
  };
  const attempt = event.kind === 'direction-retrying' ? event.attempt : 0;
  return moveMember(
    {
      ...incident,
      // A confirming failure has no alert yet; the first that has one names the article.
      topic: 'alert' in event ? event.alert.topic : incident.topic,
      failure: event.failure,
      attempt: Math.max(incident.attempt, attempt),
      nextAttemptAt:
        event.kind === 'direction-retrying' ? event.nextAttemptAt : incident.nextAttemptAt,
    },
    event,
    event.direction,
    memberState,
    transaction,
  );
}

/** Moves a direction that gets better in every open incident that it belongs to. */
export async function improveIncidents(
  event: Extract<SyncEvent, { direction: Direction }>,
  memberState: 'answers-again' | 'well',
  transaction: Transaction,
): Promise<readonly Incident[]> {
  const changed: Incident[] = [];
  for (const member of await transaction.find('incidentMembers', { mailboxId: event.mailboxId })) {
    if (member.direction !== event.direction || member.state === 'well') continue;
    const incident = await transaction.get('incidents', member.incidentId);
    if (incident === undefined || incident.state === 'closed') continue;
    changed.push(await moveMember(incident, event, event.direction, memberState, transaction));
  }
  return changed;
}

/** A direction that now fails for another reason is no longer part of the old outage. */
async function leaveOtherIncidents(event: FailureEvent, transaction: Transaction): Promise<void> {
  const { cause } = incidentCause(event.failure, event.mailboxId, event.profileId);
  for (const member of await transaction.find('incidentMembers', { mailboxId: event.mailboxId })) {
    if (member.direction !== event.direction || member.state === 'well') continue;
    const incident = await transaction.get('incidents', member.incidentId);
    if (incident === undefined || incident.cause === cause || incident.state === 'closed') continue;
    await moveMember(incident, event, event.direction, 'well', transaction);
  }
}

async function moveMember(
  incident: Incident,
  event: SyncEvent,
  direction: Direction,
  state: IncidentMemberState,
  transaction: Transaction,
): Promise<Incident> {
  const id = `${incident.id}:${event.mailboxId}:${direction}`;
  const before = await transaction.get('incidentMembers', id);
  const mailboxIsNew =
    before === undefined &&
    !(
      await transaction.find('incidentMembers', {
        incidentId: incident.id,
        mailboxId: event.mailboxId,
      })
    ).length;
  await transaction.put('incidentMembers', {
    id,
    incidentId: incident.id,
    mailboxId: event.mailboxId,
    direction,
    state,
  });
  const counts = { ...incident.counts };
  if (before !== undefined) counts[before.state] -= 1;
  counts[state] += 1;
  const overall = overallState(counts);
  const closed = overall === 'closed';
  const next: Incident = {
    ...incident,
    mailboxCount: incident.mailboxCount + (mailboxIsNew ? 1 : 0),
    counts,
    state: overall,
    nextAttemptAt:
      overall === 'retrying' || overall === 'confirming' ? incident.nextAttemptAt : null,
    closedAt: closed ? event.at : null,
    steps: storyWith(incident.steps, event),
  };
  await transaction.put('incidents', next);
  return next;
}

/** The worst that any member is in decides: a person must act while anything is disabled. */
function overallState(counts: Incident['counts']): Incident['state'] {
  if (counts.disabled > 0) return 'disabled';
  if (counts.retrying > 0) return 'retrying';
  if (counts.confirming > 0) return 'confirming';
  return counts['answers-again'] > 0 ? 'answers-again' : 'closed';
}

const STEP_KINDS = {
  'direction-confirming': 'confirming',
  'direction-retrying': 'retrying',
  'direction-disabled': 'disabled',
  'direction-recovered': 'recovered',
  'server-answers-again': 'answers-again',
  'direction-enabled': 'enabled',
} as const satisfies Partial<Record<SyncEvent['kind'], IncidentStep['kind']>>;

function storyWith(steps: readonly IncidentStep[], event: SyncEvent): readonly IncidentStep[] {
  const kind = (STEP_KINDS as Partial<Record<SyncEvent['kind'], IncidentStep['kind']>>)[event.kind];
  if (kind === undefined) return steps;
  const attempt = event.kind === 'direction-retrying' ? event.attempt : null;
  const last = steps.at(-1);
  // Five hundred mailboxes of one profile tell the same story once.
  if (last?.kind === kind && last.attempt === attempt) return steps;
  return [...steps, { at: event.at, kind, attempt }].slice(-LONGEST_STORY);
}

function stateAfter(event: FailureEvent): IncidentMemberState {
  if (event.kind === 'direction-confirming') return 'confirming';
  return event.kind === 'direction-retrying' ? 'retrying' : 'disabled';
}

function topicOf(event: FailureEvent): TopicId {
  return 'alert' in event ? event.alert.topic : idOf<TopicId>('deliveries-regularly-disabled');
}
