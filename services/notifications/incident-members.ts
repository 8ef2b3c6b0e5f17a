import type { MailboxId } from '../domain/ids.ts';
import type { Incident, IncidentMemberState } from '../domain/incident.ts';
import { DIRECTIONS, type Direction } from '../domain/mailbox.ts';
import type { SyncEvent } from '../domain/sync-event.ts';
import type { Reader, Transaction } from '../store/index.ts';
import { storyWith } from './incident-story.ts';

/** `before` is null for an incident that the event opened. */
export interface IncidentChange {
  readonly before: Incident | null;
  readonly after: Incident;
}

type Deactivated = Extract<SyncEvent, { readonly kind: 'mailbox-deactivated' }>;
/** Deactivating a mailbox is told once, and concerns each of its directions. */
export type DirectionEvent =
  | Extract<SyncEvent, { direction: Direction }>
  | (Deactivated & { readonly direction: Direction });

/** Something that every card of the incident says has changed, and not only a count. */
export function isNews({ before, after }: IncidentChange): boolean {
  return (
    before === null ||
    before.state !== after.state ||
    before.attempt !== after.attempt ||
    before.nextAttemptAt !== after.nextAttemptAt ||
    before.steps !== after.steps
  );
}

/** Open incidents that this mailbox is troubled by; `direction` narrows them. */
export async function openIncidentsOf(
  mailboxId: MailboxId,
  direction: Direction | null,
  reader: Reader,
): Promise<readonly Incident[]> {
  const found = new Map<string, Incident>();
  for (const member of await reader.find('incidentMembers', { mailboxId })) {
    if (member.state === 'well' || found.has(member.incidentId)) continue;
    if (direction !== null && member.direction !== direction) continue;
    const incident = await reader.get('incidents', member.incidentId);
    if (incident !== undefined && incident.state !== 'closed') found.set(incident.id, incident);
  }
  return [...found.values()];
}

/** Puts the event's direction into `state`; a constant number of steps, however many members there are. */
export async function moveMember(
  incident: Incident,
  event: DirectionEvent,
  state: IncidentMemberState,
  transaction: Transaction,
): Promise<Incident> {
  const { mailboxId, direction } = event;
  const id = memberId(incident, mailboxId, direction);
  const before = await transaction.get('incidentMembers', id);
  const mailboxIsNew = before === undefined && !(await isMember(incident, mailboxId, transaction));
  if (before?.state !== state) {
    await transaction.put('incidentMembers', {
      id,
      incidentId: incident.id,
      mailboxId,
      direction,
      state,
    });
  }
  const counts = { ...incident.counts };
  if (before !== undefined) counts[before.state] -= 1;
  counts[state] += 1;
  const overall = overallState(counts);
  const leaves = state === 'well' && 'failure' in event;
  return {
    ...incident,
    mailboxCount: incident.mailboxCount + (mailboxIsNew ? 1 : 0),
    counts,
    state: overall,
    nextAttemptAt:
      overall === 'retrying' || overall === 'confirming' ? incident.nextAttemptAt : null,
    closedAt: overall === 'closed' ? event.at : null,
    // A direction that leaves for another reason is no part of this story any more.
    steps: leaves ? incident.steps : storyWith(incident, overall, event),
  };
}

async function isMember(
  incident: Incident,
  mailboxId: MailboxId,
  reader: Reader,
): Promise<boolean> {
  for (const direction of DIRECTIONS) {
    const id = memberId(incident, mailboxId, direction);
    if ((await reader.get('incidentMembers', id)) !== undefined) return true;
  }
  return false;
}

function memberId(incident: Incident, mailboxId: MailboxId, direction: Direction): string {
  return `${incident.id}:${mailboxId}:${direction}`;
}

/** The worst that any member is in decides: a person must act while anything is disabled. */
function overallState(counts: Incident['counts']): Incident['state'] {
  if (counts.disabled > 0) return 'disabled';
  if (counts.retrying > 0) return 'retrying';
  if (counts.confirming > 0) return 'confirming';
  return counts['answers-again'] > 0 ? 'answers-again' : 'closed';
}
