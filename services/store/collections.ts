import { AppError } from '../observability/index.ts';
import type { CollectionName, Collections } from './store.ts';

interface Layout<Item> {
  /** Name of its files without the shard. */
  readonly file: string;
  /**
   * Into how many files the records are spread, by hash of their id. Part of the format: another
   * number needs a migration. A file holds about 150 mailbox states (200 kB, 1 ms to print) when
   * there are 10 000; a checkpoint rewrites only the files that something changed in.
   */
  readonly shards: number;
  /** Fields that are asked for by equality often enough to keep an index in memory. */
  readonly indexed: readonly (keyof Item & string)[];
}

/**
 * One file (or set of files) to a rate of change: a delivered card must not rewrite the mailbox
 * states, and a retry must not rewrite the conversations.
 */
export const layouts: { readonly [Name in CollectionName]: Layout<Collections[Name]> } = {
  mailboxStates: { file: 'mailbox-states', shards: 64, indexed: [] },
  alerts: { file: 'alerts', shards: 16, indexed: ['mailboxId', 'profileId'] },
  testRuns: { file: 'test-runs', shards: 16, indexed: ['mailboxId', 'state'] },
  approvalRequests: { file: 'approval-requests', shards: 1, indexed: ['mailboxId', 'state'] },
  rejections: { file: 'rejections', shards: 1, indexed: ['mailboxId'] },
  outgoingMessages: { file: 'outgoing-messages', shards: 16, indexed: ['mailboxId', 'state'] },
  mailFlows: { file: 'mail-flows', shards: 16, indexed: [] },
  turnHistories: { file: 'turn-histories', shards: 32, indexed: [] },
  turnHours: { file: 'turn-hours', shards: 8, indexed: [] },
  setUpChanges: { file: 'set-up-changes', shards: 1, indexed: [] },
  profileOutages: { file: 'profile-outages', shards: 1, indexed: ['profileId'] },
  primaryOrganizations: { file: 'primary-organizations', shards: 16, indexed: [] },
  earlyWarnings: {
    file: 'early-warnings',
    shards: 4,
    indexed: ['cause', 'mailboxId', 'profileId'],
  },
  seenMailboxes: { file: 'seen-mailboxes', shards: 64, indexed: ['profileId'] },
  seenProfiles: { file: 'seen-profiles', shards: 1, indexed: [] },
  serverSights: { file: 'server-sights', shards: 1, indexed: [] },
  readMarks: { file: 'read-marks', shards: 1, indexed: [] },
  undeliveredEvents: { file: 'undelivered-events', shards: 16, indexed: [] },
  heardEvents: { file: 'heard-events', shards: 16, indexed: [] },
  listeners: { file: 'listeners', shards: 1, indexed: [] },
  toldAlerts: { file: 'told-alerts', shards: 1, indexed: [] },
  incidents: { file: 'incidents', shards: 4, indexed: ['cause', 'state', 'profileId'] },
  incidentMembers: { file: 'incident-members', shards: 32, indexed: ['incidentId', 'mailboxId'] },
  conversations: { file: 'conversations', shards: 4, indexed: ['userId'] },
  preferences: { file: 'preferences', shards: 1, indexed: [] },
  signInWishes: { file: 'sign-in-wishes', shards: 1, indexed: [] },
  cardCopies: { file: 'card-copies', shards: 16, indexed: ['conversationId', 'subject'] },
  outbox: { file: 'outbox', shards: 16, indexed: ['state'] },
  answers: { file: 'answers', shards: 4, indexed: ['conversationId', 'topic'] },
  guides: { file: 'guides', shards: 4, indexed: ['mailboxId'] },
  unanswered: { file: 'unanswered', shards: 4, indexed: ['state'] },
  articleRevisions: { file: 'article-revisions', shards: 4, indexed: ['topic'] },
  articleDrafts: { file: 'article-drafts', shards: 1, indexed: ['author'] },
  idempotency: { file: 'idempotency', shards: 4, indexed: [] },
};

export const COLLECTION_NAMES = Object.keys(layouts) as CollectionName[];

/** One of the files of a collection; always the same object, so that a Set knows it again. */
export interface Shard {
  readonly collection: CollectionName;
  readonly number: number;
  /** `mailbox-states-07.json`, or `preferences.json` for a collection of one file. */
  readonly name: string;
}

const shardsByCollection: ReadonlyMap<CollectionName, readonly Shard[]> = new Map(
  COLLECTION_NAMES.map((collection) => {
    const { file, shards } = layouts[collection];
    const nameOf = (number: number): string =>
      shards === 1 ? `${file}.json` : `${file}-${String(number).padStart(2, '0')}.json`;
    return [
      collection,
      Array.from({ length: shards }, (_, number) => ({ collection, number, name: nameOf(number) })),
    ];
  }),
);

export const SHARDS: readonly Shard[] = [...shardsByCollection.values()].flat();

export function shardHolding(collection: CollectionName, id: string): Shard {
  const shards = shardsByCollection.get(collection) ?? [];
  const shard = shards[shardOf(id, shards.length)];
  if (shard === undefined) throw new AppError('unexpected', `${collection} has no files`);
  return shard;
}

/** FNV-1a: cheap, spreads ids that differ in one character, and the same on every machine. */
export function shardOf(id: string, shards: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) {
    hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  }
  return (hash >>> 0) % shards;
}
