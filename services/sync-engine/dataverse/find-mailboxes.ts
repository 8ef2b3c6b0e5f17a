import { idOf, type MailboxId } from '../../domain/ids.ts';
import { MINUTE_MS } from '../../domain/time.ts';
import { type Called, createMailboxFinder } from '../mailbox-finder.ts';
import type { MailboxHit, MailboxQuery } from '../sync-engine.ts';
import type { DataverseParts } from './dataverse-parts.ts';
import { keptFor } from './kept-for.ts';
import type { MailboxReader, ReadMailbox } from './mailbox-reader.ts';
import { anyOf, textLiteral } from './odata-literal.ts';
import { keyIn, type RowValues, textIn } from './row-values.ts';
import type { Asking } from './web-api.ts';

export type FindMailboxes = (query: MailboxQuery, asking: Asking) => Promise<readonly MailboxHit[]>;

interface Name extends Called {
  readonly id: MailboxId;
}

const NAMES = ['mailboxid', 'name', 'emailaddress'];
const BY_NAME = 'name asc';
/** Longer texts are no names. */
const LONGEST = 200;
/** Of those that begin alike; the finder ranks them. */
const MOST_ALIKE = 200;
/** A mailbox that is new is found by its exact name at once, by a similar one a little later. */
const NAMES_KEPT_MS = 5 * MINUTE_MS;

export function createFindMailboxes(
  { api, scheduler }: Pick<DataverseParts, 'api' | 'scheduler'>,
  reader: MailboxReader,
  byId: (id: MailboxId) => Promise<ReadMailbox | undefined>,
): FindMailboxes {
  async function names(filter: string | undefined, asking: Asking): Promise<readonly Name[]> {
    const query = { select: NAMES, bare: true, ...(filter !== undefined && { filter }) };
    const top = filter === undefined ? {} : { top: MOST_ALIKE, orderBy: BY_NAME };
    return (await api.list('mailboxes', { ...query, ...top }, asking)).flatMap(nameIn);
  }

  const everybody = keptFor(scheduler, NAMES_KEPT_MS, async (asking) =>
    createMailboxFinder(await names(undefined, asking)),
  );

  async function byText(
    text: string,
    limit: number,
    asking: Asking,
  ): Promise<readonly MailboxHit[]> {
    const typed = text.trim();
    if (typed === '' || typed.length > LONGEST) return [];
    const begins = ['name', 'emailaddress'].map(
      (column) => `startswith(${column},${textLiteral(typed)})`,
    );
    let found = await createMailboxFinder(await names(begins.join(' or '), asking))(typed, limit);
    // Dynamics 365 knows no typing mistakes: all names are looked at when nobody bears this one.
    if (found[0]?.quality !== 'exact') found = await (await everybody(asking))(typed, limit);
    const read = await reader.read(
      found.map(({ mailbox }) => mailbox.id),
      asking,
    );
    const mailboxes = new Map(read.map(({ mailbox }) => [mailbox.id, mailbox]));
    return found.flatMap(({ mailbox: { id }, quality }) => {
      const mailbox = mailboxes.get(id);
      return mailbox === undefined ? [] : [{ mailbox, quality }];
    });
  }

  /** Exchange Online's own approval may be missing where Dynamics 365 says "Approved". */
  async function approvalPending(asking: Asking): Promise<readonly ReadMailbox[]> {
    const types = await reader.profiles.serverTypes(asking);
    const online = [...types].flatMap(([id, type]) => (type === 'exchange-online' ? [id] : []));
    const halfApproved = `(emailrouteraccessapproval eq 1 and isemailaddressapprovedbyo365admin eq false and ${anyOf('_emailserverprofile_value', online)})`;
    const pending = `statecode eq 0 and (emailrouteraccessapproval eq 2 or ${halfApproved})`;
    return reader.find({ filter: pending, orderBy: BY_NAME }, asking);
  }

  async function byOwner(
    { ownerId }: Extract<MailboxQuery, { by: 'owner' }>,
    asking: Asking,
  ): Promise<readonly ReadMailbox[]> {
    const filter = await reader.owners.filterOf(ownerId, asking);
    return filter === undefined ? [] : reader.find({ filter, orderBy: BY_NAME }, asking);
  }

  return async (query, asking) => {
    switch (query.by) {
      case 'id': {
        const found = await byId(query.id);
        return found === undefined ? [] : exactly([found]);
      }
      case 'text':
        return byText(query.text, query.limit, asking);
      case 'owner':
        return exactly(await byOwner(query, asking));
      case 'profile': {
        const filter = anyOf('_emailserverprofile_value', [query.profileId]);
        return exactly(await reader.find({ filter, orderBy: BY_NAME }, asking));
      }
      case 'approval-pending':
        return exactly(await approvalPending(asking));
    }
  };
}

const exactly = (read: readonly ReadMailbox[]): readonly MailboxHit[] =>
  read.map(({ mailbox }) => ({ mailbox, quality: 'exact' }));

function nameIn(row: RowValues): readonly Name[] {
  const id = keyIn(row, 'mailboxid');
  const address = textIn(row, 'emailaddress') ?? '';
  return id === null ? [] : [{ id: idOf(id), name: textIn(row, 'name') ?? address, address }];
}
