import type { Alert } from '../../domain/alert.ts';
import type { MailboxId, UserId } from '../../domain/ids.ts';
import { DIRECTIONS, type Mailbox } from '../../domain/mailbox.ts';
import type { SeenMailbox } from '../../domain/seen-mailbox.ts';
import { epochMsOf, type Instant, instantOf, MINUTE_MS } from '../../domain/time.ts';
import type { Transaction } from '../../store/index.ts';
import type { EventBody } from '../event-body.ts';
import type { OutageCount, Standing } from '../outage-count.ts';
import type { SyncEngine } from '../sync-engine.ts';
import { carriedOver } from './carried-over.ts';
import { compare, conditionOf } from './compare.ts';
import type { DataverseParts } from './dataverse-parts.ts';
import type { Telling, Told } from './telling.ts';

/** A mailbox as it was just read. */
export interface Reading {
  readonly mailbox: Mailbox;
  /** Its open alerts, as far as they were read: they explain what has failed. */
  readonly alerts: readonly Alert[];
  /** When the reading began: of two readings of the same version the later one counts. */
  readonly readAt: Instant;
  /** Of the row, where the reader compares fingerprints. */
  readonly fingerprint?: string;
}

/** What this bot has just done to the row, so that nobody is told of it a second time. */
export interface Doing<Thing = Mailbox> {
  readonly by: UserId;
  /** How it was before: counts only where it has never been seen. */
  readonly before?: Thing;
  /** Written in the same transaction, also where the reading says nothing new. */
  readonly also?: (transaction: Transaction) => Promise<void>;
}

export interface RecordSeenParts
  extends Pick<DataverseParts, 'store' | 'scheduler' | 'organizationId'> {
  readonly telling: Telling;
  readonly outages: OutageCount;
  readonly around: Pick<SyncEngine, 'profile' | 'organization'>;
}

export interface RecordSeen {
  /**
   * Makes a reading count: the new state and what people must hear of it are one transaction, so
   * each change is told once, whoever has noticed it. A mailbox that is new is told to nobody.
   * Answers with the mailbox as it counts now: what was known before completes the reading.
   */
  record(reading: Reading, doing?: Doing): Promise<Mailbox>;
  /** The mailbox is not there any more. */
  recordGone(id: MailboxId): Promise<void>;
}

/** A reading takes a minute at most. What is of an older version and later is a restored backup. */
const STALE_MS = 10 * MINUTE_MS;

export function createRecordSeen(parts: RecordSeenParts): RecordSeen {
  const { store, scheduler, organizationId, telling, outages, around } = parts;

  async function toldOf(mailbox: Mailbox): Promise<Told> {
    const [profile, organization] = await Promise.all([
      mailbox.profileId === null ? undefined : around.profile(mailbox.profileId),
      around.organization(organizationId),
    ]);
    return { mailbox, profile, organization };
  }

  const newsOf = (known: SeenMailbox | undefined, reading: Reading, doing?: Doing) => {
    const at = instantOf(scheduler.now());
    const by = doing?.by ?? null;
    const before = known?.mailbox ?? doing?.before;
    const mailbox = carriedOver(before, reading.mailbox, by === null ? null : { by, at });
    const { alerts } = reading;
    const events = before === undefined ? [] : compare(before, mailbox, { alerts, by, at });
    return { mailbox, events };
  };

  async function tell(
    transaction: Transaction,
    told: Told,
    events: readonly EventBody[],
    standing: Standing | null,
  ): Promise<void> {
    if (events.length === 0) return;
    await telling.tell(transaction, told, events);
    const changed = await outages.follow(transaction, told.mailbox.id, standing);
    const news = changed.map((outage) => ({ kind: 'profile-outage-changed', outage }) as const);
    await telling.tell(transaction, told, news);
  }

  return {
    async record(reading, doing) {
      const { id } = reading.mailbox;
      const seen = await store.get('seenMailboxes', id);
      if (seen !== undefined && doing?.also === undefined && !isOlder(reading, seen)) {
        const { mailbox, events } = newsOf(seen, reading, doing);
        if (events.length === 0 && saysTheSame(seen, reading, mailbox)) return mailbox;
      }
      const told = await toldOf(reading.mailbox);
      return store.transact(async (transaction) => {
        const known = await transaction.get('seenMailboxes', id);
        if (known !== undefined && isOlder(reading, known)) {
          await doing?.also?.(transaction);
          return known.mailbox;
        }
        const { mailbox, events } = newsOf(known, reading, doing);
        await transaction.put('seenMailboxes', {
          id,
          organizationId,
          profileId: mailbox.profileId,
          mailbox,
          fingerprint: reading.fingerprint ?? null,
          readAt: reading.readAt,
        });
        const standing = standingOf(mailbox);
        if (known === undefined) transaction.afterCommit(() => outages.place(id, standing));
        await tell(transaction, { ...told, mailbox }, events, standing);
        await doing?.also?.(transaction);
        return mailbox;
      });
    },
    async recordGone(id) {
      const seen = await store.get('seenMailboxes', id);
      if (seen === undefined) return;
      const told = await toldOf(seen.mailbox);
      await store.transact(async (transaction) => {
        const known = await transaction.get('seenMailboxes', id);
        if (known === undefined) return;
        const { mailbox } = known;
        const events = compare(
          mailbox,
          { ...mailbox, active: false },
          { alerts: [], by: null, at: instantOf(scheduler.now()) },
        );
        await transaction.remove('seenMailboxes', id);
        await tell(transaction, { ...told, mailbox }, events, null);
      });
    },
  };
}

/** Something that was under way while a newer reading was recorded. */
function isOlder({ mailbox, readAt }: Reading, known: SeenMailbox): boolean {
  if (mailbox.version > known.mailbox.version) return false;
  if (mailbox.version === known.mailbox.version) return readAt < known.readAt;
  return epochMsOf(readAt) - epochMsOf(known.readAt) < STALE_MS;
}

function saysTheSame(seen: SeenMailbox, { fingerprint }: Reading, mailbox: Mailbox): boolean {
  const knowsMore = DIRECTIONS.some(
    (name) =>
      seen.mailbox.directions[name].lastFailure?.reason !==
      mailbox.directions[name].lastFailure?.reason,
  );
  return !knowsMore && (fingerprint === undefined || fingerprint === seen.fingerprint);
}

/** How a mailbox counts among those of its profile. */
export function standingOf(mailbox: Mailbox): Standing | null {
  const { profileId } = mailbox;
  if (profileId === null) return null;
  const conditions = DIRECTIONS.map((direction) => conditionOf(mailbox, direction));
  const fails = conditions.some((is) => is === 'retrying' || is === 'disabled');
  return { profileId, isWatched: fails || conditions.includes('works'), fails };
}
