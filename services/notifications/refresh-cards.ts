import { type IncidentAudience, subjectOf } from '../domain/card-reference.ts';
import type { UserId } from '../domain/ids.ts';
import type { Incident } from '../domain/incident.ts';
import { SECOND_MS } from '../domain/time.ts';
import type { Transaction } from '../store/index.ts';
import { type IncidentChange, isNews } from './incident-members.ts';
import { enqueueUpdates } from './outbox.ts';

/** Counts of a large outage change with every mailbox: redrawn at most this often. */
const COUNTS_WAIT_MS = 5 * SECOND_MS;

/**
 * Makes the cards of a changed incident stale. News goes to everybody. What is only true of one
 * mailbox goes to those who must act and to that mailbox's owner: with 10 000 owners informed,
 * everything to everybody at every event would be 10 000 × 10 000 rows.
 */
export async function refreshIncidentCards(
  change: IncidentChange,
  ownerId: UserId | null,
  transaction: Transaction,
  nowMs: number,
): Promise<void> {
  const { after } = change;
  const informed = incidentSubject(after, 'informed');
  if (isNews(change)) {
    await enqueueUpdates(transaction, { subject: incidentSubject(after, 'must-act') }, nowMs);
    // Nothing was sent about an incident that has just been opened.
    if (change.before !== null) await enqueueUpdates(transaction, { subject: informed }, nowMs);
    return;
  }
  const soon = nowMs + COUNTS_WAIT_MS;
  await enqueueUpdates(transaction, { subject: incidentSubject(after, 'must-act') }, soon);
  if (ownerId === null) return;
  const places = await transaction.find('conversations', { userId: ownerId, scope: 'personal' });
  for (const { id } of places) {
    await enqueueUpdates(transaction, { conversationId: id, subject: informed }, soon);
  }
}

export function incidentSubject(incident: Incident, audience: IncidentAudience): string {
  return `${subjectOf({ card: 'incident', incidentId: incident.id, audience })}`;
}
