import type { Alert } from '../../domain/alert.ts';
import type { MailboxId, UserId } from '../../domain/ids.ts';
import type { Mailbox } from '../../domain/mailbox.ts';
import { type Instant, instantOf } from '../../domain/time.ts';
import { carriedOver } from './carried-over.ts';
import { MAILBOX_COLUMNS } from './columns.ts';
import type { DataverseParts } from './dataverse-parts.ts';
import { alertsOfMailbox, failingDirections, isOpenAlert, mayBeInTrouble } from './open-alerts.ts';
import { createOwners, type Owners } from './owners.ts';
import { createPendingEmails, type PendingEmails } from './pending-emails.ts';
import { createPeople, type People } from './people.ts';
import { createProfiles, type Profiles } from './profiles.ts';
import { mailboxIdIn, profileIdIn, toMailbox } from './to-mailbox.ts';
import { createTraceLogs, type ReadLog, type TraceLogs } from './trace-logs.ts';
import type { Asking, Row } from './web-api.ts';

export interface ReadMailbox {
  readonly mailbox: Mailbox;
  /** Open errors and warnings, the newest first. */
  readonly alerts: readonly Alert[];
  readonly row: Row;
}

/**
 * Mailboxes as they are now: rows of Dynamics 365 with all that stands elsewhere, and with what was
 * known of them before and a row alone does not say.
 */
export interface MailboxReader {
  readonly people: People;
  readonly owners: Owners;
  readonly profiles: Profiles;
  readonly logs: TraceLogs;
  readonly emails: PendingEmails;
  /** In the order asked for; those that are not there are left out. */
  read(ids: readonly MailboxId[], asking: Asking): Promise<readonly ReadMailbox[]>;
  /** In the order that the query wants. */
  find(
    query: { readonly filter: string; readonly orderBy?: string; readonly top?: number },
    asking: Asking,
  ): Promise<readonly ReadMailbox[]>;
}

/** Per mailbox: of three directions, the newest of each stands among so many. */
const LOGS_EACH = 12;

export function createMailboxReader(
  parts: Pick<
    DataverseParts,
    'api' | 'organizationId' | 'scheduler' | 'store' | 'diagnose' | 'article'
  >,
): MailboxReader {
  const { api, organizationId, scheduler, store } = parts;
  const people = createPeople(api, scheduler);
  const owners = createOwners(api, people);
  const profiles = createProfiles(parts, owners);
  const logs = createTraceLogs(parts);
  const emails = createPendingEmails(api);

  async function logsOf(
    rows: readonly Row[],
    now: Instant,
    asking: Asking,
  ): Promise<ReadonlyMap<string, readonly ReadLog[]>> {
    const wanted = { serious: true, each: LOGS_EACH };
    const troubled = rows.filter(mayBeInTrouble);
    const own = await logs.regarding(troubled.map(mailboxIdIn), wanted, asking);
    // Of a failure of the whole profile the mailbox may have no trace log of its own.
    const silent = troubled.filter((row) =>
      isUnexplained(row, own.get(mailboxIdIn(row)) ?? [], now),
    );
    const ofProfiles = await logs.regarding(
      silent.flatMap((row) => profileIdIn(row) ?? []),
      wanted,
      asking,
    );
    const all = new Map(own);
    for (const row of silent) {
      const id = mailboxIdIn(row);
      const shared = ofProfiles.get(profileIdIn(row) ?? '') ?? [];
      if (shared.length > 0) all.set(id, [...(own.get(id) ?? []), ...shared]);
    }
    return all;
  }

  async function fromRows(rows: readonly Row[], asking: Asking): Promise<readonly ReadMailbox[]> {
    if (rows.length === 0) return [];
    const now = instantOf(scheduler.now());
    const [ownerIds, serverTypes, pending, found, seen] = await Promise.all([
      owners.ofMailboxes(rows, asking),
      profiles.serverTypes(asking),
      emails.counts(rows, asking),
      logsOf(rows, now, asking),
      Promise.all(rows.map((row) => store.get('seenMailboxes', mailboxIdIn(row)))),
    ]);
    return rows.map((row, index) => {
      const id = mailboxIdIn(row);
      const profileId = profileIdIn(row);
      const { alerts, failures } = alertsOfMailbox(row, found.get(id) ?? [], now);
      const ownerId: UserId | null = ownerIds[index] ?? null;
      const read = toMailbox(row, {
        organizationId,
        ownerId,
        serverType: profileId === null ? null : (serverTypes.get(profileId) ?? null),
        pendingSend: pending.get(id) ?? 0,
        failures,
        now,
      });
      const mailbox = carriedOver(seen[index]?.mailbox, read, null);
      return { mailbox, row, alerts: alerts.filter((alert) => isOpenAlert(alert, now)) };
    });
  }

  return {
    people,
    owners,
    profiles,
    logs,
    emails,
    async read(ids, asking) {
      const query = { select: MAILBOX_COLUMNS };
      const rows = await api.batch(
        ids.map((id) => ({ set: 'mailboxes', id, query })),
        asking,
      );
      return fromRows(
        rows.filter((row) => row !== undefined),
        asking,
      );
    },
    find: async (query, asking) =>
      fromRows(await api.list('mailboxes', { select: MAILBOX_COLUMNS, ...query }, asking), asking),
  };
}

function isUnexplained(row: Row, own: readonly ReadLog[], now: Instant): boolean {
  const { failures } = alertsOfMailbox(row, own, now);
  return failingDirections(row).some((direction) => failures[direction] === undefined);
}
