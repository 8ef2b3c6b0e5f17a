import { idOf, type MailboxId } from '../../domain/ids.ts';
import type { OutgoingMessage } from '../../domain/outgoing-message.ts';
import { chunksOf } from './chunks.ts';
import { EMAIL_COLUMNS } from './columns.ts';
import { anyOf, literal } from './odata-literal.ts';
import { PENDING_SEND, SENDING } from './option-sets.ts';
import { keyIn, lookupIn, momentIn, numberIn, type RowValues, textIn } from './row-values.ts';
import type { Asking, Row, WebApi } from './web-api.ts';

/** E-mail that Dynamics 365 has not sent yet, by the mailbox that sends it. */
export interface PendingEmails {
  /** Of many mailboxes with few requests; one that is not named has none. */
  counts(rows: readonly Row[], asking: Asking): Promise<ReadonlyMap<string, number>>;
  /** Oldest first. */
  of(mailbox: Row, asking: Asking): Promise<readonly OutgoingMessage[]>;
}

const WAITING = `${anyOf('statuscode', [PENDING_SEND, SENDING])} and directioncode eq true`;
/** Above that, asking for all that waits is cheaper than asking by mailbox. */
const FEW = 100;
const MOST_LISTED = 5_000;
/** Dataverse would count no further either. */
const MOST_COUNTED = 50_000;

/**
 * An e-mail names the mailbox that sends it (`sendermailboxid`); where that is not filled in, it is
 * the mailbox of the user or queue that it is from.
 */
export function createPendingEmails({ list }: Pick<WebApi, 'list'>): PendingEmails {
  return {
    async counts(rows, asking) {
      const links = linksOf(rows);
      const counts = new Map<string, number>();
      const select = ['_sendermailboxid_value', '_emailsender_value'];
      const filters = rows.length > FEW ? [WAITING] : chunksOf(rows, 10).map(filterFor);
      for (const filter of filters) {
        const query = { select, filter, top: MOST_COUNTED, bare: true };
        for (const email of await list('emails', query, asking)) {
          const mailbox = senderOf(email, links);
          if (mailbox !== null) counts.set(mailbox, (counts.get(mailbox) ?? 0) + 1);
        }
      }
      return counts;
    },
    async of(mailbox, asking) {
      const links = linksOf([mailbox]);
      const id = keyIn(mailbox, 'mailboxid');
      const query = {
        select: [...EMAIL_COLUMNS, '_emailsender_value'],
        filter: filterFor([mailbox]),
        orderBy: 'createdon asc',
        top: MOST_LISTED,
        bare: true,
      };
      const emails = await list('emails', query, asking);
      return emails
        .filter((email) => senderOf(email, links) === id)
        .flatMap((email) => messageOf(email, idOf(id ?? '')) ?? []);
    },
  };
}

/** From users and queues to their mailboxes, and from each mailbox to itself. */
function linksOf(rows: readonly RowValues[]): ReadonlyMap<string, string> {
  const links = new Map<string, string>();
  for (const row of rows) {
    const mailbox = keyIn(row, 'mailboxid');
    const whose = lookupIn(row, 'regardingobjectid');
    if (mailbox === null) continue;
    links.set(mailbox, mailbox);
    if (whose !== null) links.set(whose.id, mailbox);
  }
  return links;
}

function senderOf(email: RowValues, links: ReadonlyMap<string, string>): string | null {
  const mailbox = keyIn(email, '_sendermailboxid_value');
  if (mailbox !== null) return links.get(mailbox) ?? null;
  return links.get(keyIn(email, '_emailsender_value') ?? '') ?? null;
}

function filterFor(rows: readonly RowValues[]): string {
  const mailboxes = rows.flatMap((row) => keyIn(row, 'mailboxid') ?? []);
  const senders = rows.flatMap((row) => lookupIn(row, 'regardingobjectid')?.id ?? []);
  const bySender = `(_sendermailboxid_value eq ${literal(null)} and ${anyOf('_emailsender_value', senders)})`;
  const either = [
    anyOf('_sendermailboxid_value', mailboxes),
    ...(senders.length === 0 ? [] : [bySender]),
  ];
  return `${WAITING} and (${either.join(' or ')})`;
}

/**
 * When it was handed in is not written down: when it was written is. The text stays in Dynamics 365;
 * nobody reads it here.
 */
function messageOf(email: RowValues, mailboxId: MailboxId): OutgoingMessage | null {
  const id = keyIn(email, 'activityid');
  const submittedAt = momentIn(email, 'createdon');
  if (id === null || submittedAt === null) return null;
  return {
    id,
    mailboxId,
    subject: textIn(email, 'subject') ?? '',
    to: (textIn(email, 'torecipients') ?? '').split(';').filter((address) => address !== ''),
    text: '',
    messageId: textIn(email, 'messageid') ?? id,
    submittedAt,
    state: email.statuscode === SENDING ? 'sending' : 'pending-send',
    attempts: Math.max(0, numberIn(email, 'deliveryattempts') ?? 0),
  };
}
