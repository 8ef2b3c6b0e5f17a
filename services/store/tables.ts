import { layouts } from './collections.ts';
import type { CollectionName, Collections } from './store.ts';
import { Table } from './table.ts';

/** What is durable, as everybody outside a transaction sees it. */
export type Tables = { readonly [Name in CollectionName]: Table<Collections[Name]> };

function tableOf<Name extends CollectionName>(collection: Name): Table<Collections[Name]> {
  const { shards, indexed } = layouts[collection];
  return new Table<Collections[Name]>(shards, indexed);
}

export function createTables(): Tables {
  return {
    mailboxStates: tableOf('mailboxStates'),
    alerts: tableOf('alerts'),
    testRuns: tableOf('testRuns'),
    approvalRequests: tableOf('approvalRequests'),
    rejections: tableOf('rejections'),
    outgoingMessages: tableOf('outgoingMessages'),
    setUpChanges: tableOf('setUpChanges'),
    mailFlows: tableOf('mailFlows'),
    turnHistories: tableOf('turnHistories'),
    turnHours: tableOf('turnHours'),
    profileOutages: tableOf('profileOutages'),
    primaryOrganizations: tableOf('primaryOrganizations'),
    earlyWarnings: tableOf('earlyWarnings'),
    seenMailboxes: tableOf('seenMailboxes'),
    seenProfiles: tableOf('seenProfiles'),
    serverSights: tableOf('serverSights'),
    readMarks: tableOf('readMarks'),
    undeliveredEvents: tableOf('undeliveredEvents'),
    heardEvents: tableOf('heardEvents'),
    listeners: tableOf('listeners'),
    toldAlerts: tableOf('toldAlerts'),
    incidents: tableOf('incidents'),
    incidentMembers: tableOf('incidentMembers'),
    conversations: tableOf('conversations'),
    preferences: tableOf('preferences'),
    signInWishes: tableOf('signInWishes'),
    cardCopies: tableOf('cardCopies'),
    outbox: tableOf('outbox'),
    answers: tableOf('answers'),
    guides: tableOf('guides'),
    unanswered: tableOf('unanswered'),
    articleRevisions: tableOf('articleRevisions'),
    articleDrafts: tableOf('articleDrafts'),
    idempotency: tableOf('idempotency'),
  };
}
