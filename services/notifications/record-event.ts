import type { Directory } from '../directory/index.ts';
import type { Incident } from '../domain/incident.ts';
import type { SyncEvent } from '../domain/sync-event.ts';
import type { Transaction } from '../store/index.ts';
import { mailboxById, type SyncEngine, type SyncEventSink } from '../sync-engine/index.ts';
import { improveIncidents, joinIncident } from './incidents.ts';
import { enqueueSend, enqueueUpdates } from './outbox.ts';
import { recipientsOf } from './recipients.ts';

export interface RecordEventOptions {
  readonly engine: Pick<SyncEngine, 'findMailboxes' | 'profile'>;
  readonly directory: Directory;
  readonly now: () => number;
  /** Runs once the event is durable. */
  readonly kick: () => void;
}

/**
 * Writes what an event means for people: who gets a card, which cards are stale. Runs inside the
 * engine's transaction, so an event and its notifications are on disk together or not at all.
 */
export function createEventSink(options: RecordEventOptions): SyncEventSink {
  return async (event, transaction) => {
    const incidents = await changeIncidents(event, transaction);
    for (const incident of incidents) {
      await tellPeople(incident, event, transaction, options);
      await enqueueUpdates(transaction, `incident:${incident.id}`, options.now());
    }
    await enqueueUpdates(transaction, `mailbox:${event.mailboxId}`, options.now());
    transaction.afterCommit(options.kick);
  };
}

async function changeIncidents(
  event: SyncEvent,
  transaction: Transaction,
): Promise<readonly Incident[]> {
  switch (event.kind) {
    case 'direction-confirming':
    case 'direction-retrying':
    case 'direction-disabled':
      return [await joinIncident(event, transaction)];
    case 'server-answers-again':
      return improveIncidents(event, 'answers-again', transaction);
    case 'direction-recovered':
    case 'direction-enabled':
      return improveIncidents(event, 'well', transaction);
    case 'approval-changed':
    case 'test-run-changed':
      return [];
  }
}

/**
 * Who must act hears of the first retry. Those who only suffer hear when it is disabled: a blip
 * that the first retry ends would otherwise wake everybody on a server.
 */
async function tellPeople(
  incident: Incident,
  event: SyncEvent,
  transaction: Transaction,
  { engine, directory, now }: RecordEventOptions,
): Promise<void> {
  if (event.kind !== 'direction-retrying' && event.kind !== 'direction-disabled') return;
  const mailbox = await mailboxById(engine, event.mailboxId);
  if (mailbox === undefined) return;
  const profile = mailbox.profileId === null ? undefined : await engine.profile(mailbox.profileId);
  const { mustAct, informed } = await recipientsOf(incident, mailbox, profile, directory);
  for (const recipient of mustAct) {
    const reference = { card: 'incident', incidentId: incident.id, audience: 'must-act' } as const;
    await enqueueSend(transaction, incident.id, recipient, reference, now());
  }
  if (event.kind !== 'direction-disabled') return;
  for (const recipient of informed) {
    const reference = { card: 'incident', incidentId: incident.id, audience: 'informed' } as const;
    await enqueueSend(transaction, incident.id, recipient, reference, now());
  }
}
