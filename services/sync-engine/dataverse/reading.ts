import { idOf, type MailboxId, type ProfileId } from '../../domain/ids.ts';
import { waitingByDay } from '../../domain/outgoing-message.ts';
import { MINUTE_MS } from '../../domain/time.ts';
import { pendingReason } from '../pending-reason.ts';
import type { PendingMessage, SyncEngine } from '../sync-engine.ts';
import { createAlertWalls } from './alert-walls.ts';
import { readAppointmentForms } from './appointment-forms.ts';
import { ORGANIZATION_COLUMNS } from './columns.ts';
import type { DataverseParts } from './dataverse-parts.ts';
import { exchangeOnlineUse } from './exchange-online-use.ts';
import { readFailedItems } from './failed-items.ts';
import { createFindMailboxes } from './find-mailboxes.ts';
import { gathered } from './gather.ts';
import { ifPermitted } from './if-permitted.ts';
import { keptFor } from './kept-for.ts';
import type { MailboxReader, ReadMailbox } from './mailbox-reader.ts';
import { processedTurnsOf } from './processed-turns.ts';
import { toOrganization } from './to-organization.ts';
import type { Asking } from './web-api.ts';

export type Reading = Pick<
  SyncEngine,
  | 'organization'
  | 'profile'
  | 'findMailboxes'
  | 'openAlerts'
  | 'alerts'
  | 'pendingMessages'
  | 'waitingByDay'
  | 'processedTurns'
  | 'limits'
  | 'failedItems'
  | 'appointmentForms'
>;

/** Somebody waits for the answer. A question has no end of its own: the client's deadlines end it. */
const asPerson = (): Asking => ({ signal: new AbortController().signal, priority: 'person' });

/** Settings of an organization are changed once in a year, and are asked for with every card. */
const ORGANIZATION_KEPT_MS = MINUTE_MS;

/** All that is only looked at: nothing here writes, to Dynamics 365 or to the store. */
export function createReading(parts: DataverseParts, reader: MailboxReader): Reading {
  const { api, organizationId, scheduler, log } = parts;
  const walls = createAlertWalls(parts, reader);

  const mailboxes = gathered(async (ids): Promise<ReadonlyMap<string, ReadMailbox>> => {
    const found = await reader.read(
      ids.map((id) => idOf(id)),
      asPerson(),
    );
    return new Map(found.map((each) => [each.mailbox.id, each]));
  });
  const one = (id: MailboxId): Promise<ReadMailbox | undefined> => mailboxes(id.toLowerCase());
  const find = createFindMailboxes(parts, reader, one);
  const profiles = gathered((ids) => reader.profiles.read(ids, asPerson()));
  const profile = (id: ProfileId): ReturnType<typeof profiles> => profiles(id.toLowerCase());

  const organization = keptFor(scheduler, ORGANIZATION_KEPT_MS, async (asking) => {
    const query = { select: ORGANIZATION_COLUMNS };
    const row = await api.get('organizations', organizationId, query, asking);
    return row === undefined ? undefined : toOrganization(row, parts);
  });

  async function pendingMessages(id: MailboxId): Promise<readonly PendingMessage[]> {
    const found = await one(id);
    const own = await organization(asPerson());
    if (found === undefined || own === undefined) return [];
    const { mailbox, row } = found;
    const used = mailbox.profileId === null ? undefined : await profile(mailbox.profileId);
    const why = pendingReason(mailbox, used ?? null, own);
    const messages = await reader.emails.of(row, asPerson());
    return messages.map((message) => ({ message, why }));
  }

  return {
    organization: async (id) => (id === organizationId ? organization(asPerson()) : undefined),
    profile,
    findMailboxes: (query) => find(query, asPerson()),
    openAlerts: async (id) => (await one(id))?.alerts ?? [],
    alerts: (query) => walls.on(query, asPerson()),
    pendingMessages,
    waitingByDay: async (id) =>
      waitingByDay((await pendingMessages(id)).map(({ message }) => message)),
    async processedTurns(id) {
      const found = await one(id);
      if (found === undefined) return [];
      return ifPermitted(log, 'mailbox statistics', [], () =>
        processedTurnsOf(api, id, found.mailbox.profileId, asPerson()),
      );
    },
    async limits(id) {
      const profileId = (await one(id))?.mailbox.profileId ?? null;
      const types = await reader.profiles.serverTypes(asPerson());
      const online = profileId !== null && types.get(profileId) === 'exchange-online';
      if (!online) return [];
      return ifPermitted(log, 'use of the limits of Exchange Online', [], () =>
        exchangeOnlineUse(api, id, scheduler.now(), asPerson()),
      );
    },
    async failedItems(id) {
      const row = (await one(id))?.row;
      if (row === undefined) return [];
      return ifPermitted(log, 'items that failed', [], () =>
        readFailedItems(parts, row, asPerson()),
      );
    },
    appointmentForms: () =>
      ifPermitted(log, 'forms for appointments', null, () => readAppointmentForms(api, asPerson())),
  };
}
