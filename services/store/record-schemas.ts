import type { z } from 'zod';
import type { SameShape } from './same-shape.ts';
import {
  cardCopy,
  conversation,
  idempotencyRecord,
  outboxRow,
  preference,
  signInWish,
} from './schemas/conversation-records.ts';
import { earlyWarning } from './schemas/early-warning.ts';
import {
  alert,
  approvalRequest,
  incident,
  incidentMember,
  mailboxState,
  mailFlow,
  outgoingMessage,
  primaryOrganization,
  profileOutage,
  rejection,
  testRun,
} from './schemas/engine-records.ts';
import { guide } from './schemas/guide.ts';
import { answer, articleDraft, articleRevision, unanswered } from './schemas/knowledge-records.ts';
import { readMark, seenMailbox, seenProfile } from './schemas/mailbox.ts';
import { serverSight } from './schemas/server-sight.ts';
import { setUpChange } from './schemas/set-up-change.ts';
import { alertDefinition, heardEvent, listener, undeliveredEvent } from './schemas/sync-event.ts';
import { turnHistory, turnHour } from './schemas/turn-records.ts';
import type { CollectionName, Collections } from './store.ts';

/**
 * What a record must look like to be kept and to be read back. A record is checked when it is put,
 * too: one that would be refused at the next start must be refused while its author is watching.
 */
const schemas = {
  mailboxStates: mailboxState,
  alerts: alert,
  testRuns: testRun,
  approvalRequests: approvalRequest,
  rejections: rejection,
  outgoingMessages: outgoingMessage,
  mailFlows: mailFlow,
  turnHistories: turnHistory,
  turnHours: turnHour,
  setUpChanges: setUpChange,
  primaryOrganizations: primaryOrganization,
  profileOutages: profileOutage,
  earlyWarnings: earlyWarning,
  seenMailboxes: seenMailbox,
  seenProfiles: seenProfile,
  serverSights: serverSight,
  readMarks: readMark,
  undeliveredEvents: undeliveredEvent,
  heardEvents: heardEvent,
  listeners: listener,
  toldAlerts: alertDefinition,
  incidents: incident,
  incidentMembers: incidentMember,
  conversations: conversation,
  preferences: preference,
  signInWishes: signInWish,
  cardCopies: cardCopy,
  outbox: outboxRow,
  answers: answer,
  guides: guide,
  unanswered,
  articleRevisions: articleRevision,
  articleDrafts: articleDraft,
  idempotency: idempotencyRecord,
} satisfies { readonly [Name in CollectionName]: z.ZodType<Collections[Name]> };

type Differing = {
  [Name in CollectionName]: SameShape<
    z.output<(typeof schemas)[Name]>,
    Collections[Name]
  > extends true
    ? never
    : Name;
}[CollectionName];

/** Does not compile when a domain type and its schema have parted; the error names the collection. */
export const recordSchemas: [Differing] extends [never]
  ? { readonly [Name in CollectionName]: z.ZodType<Collections[Name]> }
  : Differing = schemas;
