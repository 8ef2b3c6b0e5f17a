import type { CardReference } from '../domain/card-reference.ts';
import type { MailboxId } from '../domain/ids.ts';
import { PROFILES_CHANGED } from '../domain/sync-event.ts';
import type { Reader } from '../store/index.ts';

/**
 * The records that a card shows, as text: different before a card is drawn and after it was
 * delivered means that the card may be stale already, although no copy was known to update.
 */
export async function drawnFrom(reference: CardReference, reader: Reader): Promise<string> {
  return JSON.stringify([await recordsOf(reference, reader), await profilesIn(reader)]);
}

/** Few, and each may stand on the cards of thousands of mailboxes. */
async function profilesIn(reader: Reader): Promise<readonly unknown[]> {
  return [
    await reader.find('setUpChanges'),
    await reader.get('heardEvents', PROFILES_CHANGED),
    await reader.find('serverSights'),
  ];
}

async function recordsOf(reference: CardReference, reader: Reader): Promise<readonly unknown[]> {
  if (reference.card === 'incident') return [await reader.get('incidents', reference.incidentId)];
  if (reference.card === 'profile-outage') {
    return [await reader.get('profileOutages', reference.outageId)];
  }
  if (reference.card === 'early-warning') {
    return reader.find('earlyWarnings', { cause: reference.cause });
  }
  const { mailboxId } = reference;
  const state = mailboxId === null ? null : await stateOf(mailboxId, reader);
  switch (reference.card) {
    case 'alert':
    case 'mailbox':
    case 'address-changed':
    case 'profile':
    case 'outbox':
    case 'rejected-address':
    case 'waiting':
      return [state];
    case 'guide':
      return [state, await reader.get('guides', reference.guideId)];
    case 'test-run':
      return [state, await reader.get('testRuns', reference.testRunId)];
    case 'approval-request':
      return [state, await reader.get('approvalRequests', reference.requestId)];
  }
}

/** Of an engine elsewhere only its last event is here: it changes with every change. */
async function stateOf(mailboxId: MailboxId, reader: Reader): Promise<readonly unknown[]> {
  return [
    await reader.get('mailboxStates', mailboxId),
    await reader.get('heardEvents', mailboxId),
    await reader.get('seenMailboxes', mailboxId),
  ];
}
