import { HOUR_MS } from '../domain/time.ts';
import type { Clock } from '../scheduler/index.ts';
import { createBreather } from './breathe.ts';
import { COLLECTION_NAMES } from './collections.ts';
import type { CollectionName, Collections, Store } from './store.ts';
import type { Tables } from './tables.ts';

const DAY_MS = 24 * HOUR_MS;

interface Retention<Item> {
  /** How long a record is kept after it was last written. */
  readonly keepMs: number;
  /** Only these are removed; the others are still needed whatever their age. */
  readonly ended: (record: Item) => boolean;
}

/**
 * What may be forgotten, and when. What somebody decided stays in the audit for good: audit.jsonl is
 * never rotated (about 200 bytes for each decision); states, preferences and the conversation with
 * one person stay as long as their mailbox or person does.
 */
const RETENTION: {
  readonly [Name in CollectionName]: Retention<Collections[Name]> | null;
} = {
  mailboxStates: null,
  /**
   * Each thread of a channel is a conversation, and most are never seen again. Whoever writes there
   * after all makes it known anew; a conversation that is seen is written at least daily.
   */
  conversations: { keepMs: 90 * DAY_MS, ended: ({ scope }) => scope !== 'personal' },
  preferences: null,
  /** Void after a quarter of an hour. */
  signInWishes: { keepMs: HOUR_MS, ended: () => true },
  /** What experts wrote is theirs to remove. */
  articleRevisions: null,
  articleDrafts: null,
  /** Long enough for every retry of Teams and of a remote caller. */
  idempotency: { keepMs: DAY_MS, ended: () => true },
  testRuns: { keepMs: 30 * DAY_MS, ended: (run) => run.state === 'done' },
  /** Removed when the address is approved after all. */
  rejections: null,
  outgoingMessages: {
    keepMs: 30 * DAY_MS,
    ended: ({ state }) => state === 'sent' || state === 'failed' || state === 'cancelled',
  },
  /** At most four to a profile and its mailbox; undone by hand. */
  setUpChanges: null,
  /** The longest window is a day. */
  mailFlows: { keepMs: 2 * DAY_MS, ended: () => true },
  /** One to a bucket; its mailboxes go with the registry's. */
  turnHistories: null,
  turnHours: { keepMs: 30 * DAY_MS, ended: () => true },
  /** One to an Exchange mailbox; without it, whoever tests next would take the mailbox. */
  primaryOrganizations: null,
  profileOutages: { keepMs: 90 * DAY_MS, ended: ({ endedAt }) => endedAt !== null },
  earlyWarnings: { keepMs: 90 * DAY_MS, ended: ({ closedAt }) => closedAt !== null },
  /** What is no longer there goes with the next whole reading. */
  seenMailboxes: null,
  seenProfiles: null,
  /** Each server that is still used is looked at every few hours. */
  serverSights: { keepMs: 7 * DAY_MS, ended: () => true },
  readMarks: null,
  /** Until they are confirmed; nobody else would ever tell them. */
  undeliveredEvents: null,
  /** One to a mailbox. */
  heardEvents: null,
  listeners: null,
  toldAlerts: null,
  /** Somebody who first talks to the bot after a month does not want last month's news. */
  outbox: { keepMs: 30 * DAY_MS, ended: ({ state }) => state !== 'due' },
  alerts: { keepMs: 90 * DAY_MS, ended: ({ closedAt }) => closedAt !== null },
  /** Half a year of votes tells which articles are weak. */
  answers: { keepMs: 180 * DAY_MS, ended: () => true },
  /** As long as the test that proves it. */
  guides: { keepMs: 30 * DAY_MS, ended: () => true },
  unanswered: { keepMs: 180 * DAY_MS, ended: () => true },
  incidents: { keepMs: 90 * DAY_MS, ended: ({ state }) => state === 'closed' },
  incidentMembers: { keepMs: 90 * DAY_MS, ended: ({ state }) => state === 'well' },
  approvalRequests: {
    keepMs: 90 * DAY_MS,
    ended: ({ state }) => state === 'applied' || state === 'rejected',
  },
  /** A card that nobody had updated for so long is scrolled out of sight. */
  cardCopies: { keepMs: 90 * DAY_MS, ended: () => true },
};

/** Removed in portions, so that other writers get their turn in between. */
const PORTION = 500;

/** Returns how many records were removed. */
export async function applyRetention(
  store: Pick<Store, 'transact'>,
  tables: Tables,
  clock: Clock,
): Promise<number> {
  let removed = 0;
  for (const collection of COLLECTION_NAMES) {
    const due = await overdue(tables, collection, clock.now());
    for (let from = 0; from < due.length; from += PORTION) {
      removed += await removePortion(
        store,
        tables,
        collection,
        due.slice(from, from + PORTION),
        clock,
      );
    }
  }
  return removed;
}

function isOverdue<Name extends CollectionName>(
  table: Tables[Name],
  retention: (typeof RETENTION)[Name],
  id: string,
  nowMs: number,
): boolean {
  const entry = table.get(id);
  if (entry === undefined || retention === null) return false;
  return nowMs - entry.writtenAt > retention.keepMs && retention.ended(entry.record);
}

async function overdue(
  tables: Tables,
  collection: CollectionName,
  nowMs: number,
): Promise<readonly string[]> {
  if (RETENTION[collection] === null) return [];
  const breathe = createBreather();
  const due: string[] = [];
  for (const id of [...tables[collection].entries()].map(({ record }) => record.id)) {
    await breathe();
    if (isOverdue(tables[collection], RETENTION[collection], id, nowMs)) due.push(id);
  }
  return due;
}

async function removePortion(
  store: Pick<Store, 'transact'>,
  tables: Tables,
  collection: CollectionName,
  ids: readonly string[],
  clock: Clock,
): Promise<number> {
  return store.transact(async (transaction) => {
    let removed = 0;
    for (const id of ids) {
      // It may have been written again since it was found; a write that still waits for the disk
      // is newer than any retention and shows as another object.
      const unchanged =
        (await transaction.get(collection, id)) === tables[collection].get(id)?.record;
      if (!unchanged || !isOverdue(tables[collection], RETENTION[collection], id, clock.now()))
        continue;
      await transaction.remove(collection, id);
      removed += 1;
    }
    return removed;
  });
}
