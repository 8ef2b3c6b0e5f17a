import { setImmediate } from 'node:timers/promises';
import type { Directory } from '../directory/index.ts';
import type { ProfileId, UserId } from '../domain/ids.ts';
import type { Incident } from '../domain/incident.ts';
import { DIRECTIONS, type Mailbox } from '../domain/mailbox.ts';
import type { SyncEvent } from '../domain/sync-event.ts';
import type { Log } from '../observability/index.ts';
import type { Transaction } from '../store/index.ts';
import { mailboxById, type SyncEngine, type SyncEventSink } from '../sync-engine/index.ts';
import { followIncident } from './follow-incident.ts';
import { type DirectionEvent, openIncidentsOf } from './incident-members.ts';
import { type FailureEvent, improveIncidents, joinIncident } from './incidents.ts';
import { enqueueUpdates } from './outbox.ts';
import { type Recipients, recipientsOf } from './recipients.ts';
import { incidentSubject, refreshIncidentCards } from './refresh-cards.ts';
import { tellEarlyWarning } from './tell-early-warning.ts';
import { tellOfApproval } from './tell-of-approval.ts';
import { tellOutage } from './tell-outage.ts';
import { tellPeople } from './tell-people.ts';

/** Some milliseconds' worth. */
const AT_ONCE = 500;

export interface RecordEventOptions {
  readonly engine: Pick<SyncEngine, 'findMailboxes' | 'profile' | 'organization'>;
  readonly directory: Directory;
  readonly log: Log;
  readonly now: () => number;
  /** Runs once the event is durable. */
  readonly kick: () => void;
  /** Redraws the cards of all mailboxes of a profile, later: there may be 10 000. */
  readonly redrawMailboxes: (profileId: ProfileId) => void;
}

/**
 * Writes what an event means for people: who gets a card, which cards are stale. Runs inside the
 * engine's transaction, so an event and its notifications are on disk together or not at all.
 */
export function createEventSink(options: RecordEventOptions): SyncEventSink {
  const { engine, directory, log, now, kick, redrawMailboxes } = options;

  async function record(event: SyncEvent, transaction: Transaction): Promise<void> {
    switch (event.kind) {
      case 'direction-confirming':
      case 'direction-retrying':
      case 'direction-disabled':
      case 'server-fails-again':
        return fails(event, transaction);
      case 'server-answers-again':
        return getsBetter(event, 'answers-again', transaction);
      case 'direction-recovered':
      case 'direction-enabled':
      case 'direction-given-up':
      case 'method-changed':
        return getsBetter(event, 'well', transaction);
      case 'mailbox-deactivated': {
        for (const direction of DIRECTIONS) {
          await getsBetter({ ...event, direction }, 'well', transaction);
        }
        return;
      }
      case 'profile-changed':
      case 'servers-seen':
        return redrawProfile(event, transaction);
      case 'address-changed':
      case 'approval-changed':
      case 'waiting-messages-changed': {
        await tellOfApproval(event, options, transaction);
        const ownerId = await ownerOf(event);
        for (const incident of await openIncidentsOf(event.mailboxId, null, transaction)) {
          const same = { before: incident, after: incident };
          await refreshIncidentCards(same, ownerId, transaction, now());
        }
        return;
      }
      case 'early-warning-raised':
      case 'early-warning-ended': {
        await tellEarlyWarning(event, { engine, directory }, transaction, now());
        const { mailboxId, profileId } = event.warning;
        if (mailboxId === null) transaction.afterCommit(() => redrawMailboxes(profileId));
        return;
      }
      case 'profile-outage-changed':
        return tellOutage(event.outage, { engine, directory }, transaction, now());
      case 'mailbox-activated':
      case 'limit-near':
      case 'mailbox-changed':
      case 'test-run-changed':
    }
  }

  /** Every card that shows one of its mailboxes, or an outage of it. */
  async function redrawProfile(
    { mailboxIds, profileId }: Extract<SyncEvent, { readonly mailboxIds: unknown }>,
    transaction: Transaction,
  ): Promise<void> {
    for (const [index, id] of mailboxIds.entries()) {
      // Reading memory only: without a breath, thousands would hold up everybody else.
      if (index % AT_ONCE === AT_ONCE - 1) await setImmediate();
      await enqueueUpdates(transaction, { subject: `mailbox:${id}` }, now());
    }
    if (profileId === null) return;
    for (const incident of await transaction.find('incidents', { profileId })) {
      if (incident.state === 'closed') continue;
      for (const audience of ['must-act', 'informed'] as const) {
        const subject = incidentSubject(incident, audience);
        await enqueueUpdates(transaction, { subject }, now());
      }
    }
  }

  async function fails(event: FailureEvent, transaction: Transaction): Promise<void> {
    const mailbox = await mailboxById(engine, event.mailboxId);
    const ownerId = mailbox?.ownerId ?? null;
    const { joined, left } = await joinIncident(event, transaction);
    const recipients = await recipientsFor(joined.after, mailbox);
    for (const change of left) {
      if (change.after.state === 'closed') {
        const succession = { from: change.after, to: joined.after, recipients, event };
        await followIncident(succession, transaction, now());
      }
      await refreshIncidentCards(change, ownerId, transaction, now());
    }
    await tellPeople(joined, event, recipients, transaction, now());
    await refreshIncidentCards(joined, ownerId, transaction, now());
  }

  async function recipientsFor(
    incident: Incident,
    mailbox: Mailbox | undefined,
  ): Promise<Recipients> {
    if (mailbox === undefined) return { mustAct: [], informed: [] };
    const profile =
      mailbox.profileId === null ? undefined : await engine.profile(mailbox.profileId);
    const recipients = await recipientsOf(incident, mailbox, profile, directory);
    if (recipients.mustAct.length === 0) log.warn('nobody-must-act', { incident: incident.id });
    return recipients;
  }

  async function getsBetter(
    event: DirectionEvent,
    state: 'answers-again' | 'well',
    transaction: Transaction,
  ): Promise<void> {
    const ownerId = await ownerOf(event);
    for (const change of await improveIncidents(event, state, transaction)) {
      await refreshIncidentCards(change, ownerId, transaction, now());
    }
  }

  async function ownerOf({ mailboxId }: SyncEvent): Promise<UserId | null> {
    return (await mailboxById(engine, mailboxId))?.ownerId ?? null;
  }

  return async (event, transaction) => {
    await record(event, transaction);
    await enqueueUpdates(transaction, { subject: `mailbox:${event.mailboxId}` }, now());
    transaction.afterCommit(kick);
  };
}
