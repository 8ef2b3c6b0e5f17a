import {
  count,
  EXCHANGE_LIMITS,
  type LimitUse,
  limitUse,
  noFlow,
} from '../../domain/exchange-online-limits.ts';
import type { MailboxId } from '../../domain/ids.ts';
import { epochMsOf, HOUR_MS, instantOf } from '../../domain/time.ts';
import { literal, momentLiteral } from './odata-literal.ts';
import { OPERATIONS, wordFor } from './option-sets.ts';
import { STATISTICS } from './processed-turns.ts';
import { momentIn, numberIn, type RowValues, textIn } from './row-values.ts';
import type { Asking, WebApi } from './web-api.ts';

const SENT = 3;
/** More than twice what is allowed in a day. */
const MOST = 20_000;

/**
 * What a mailbox has used of Exchange Online's limits, as far as Dynamics 365 has seen it: what it
 * sent itself, and what it fetched. What else is sent from the mailbox it does not know, so each is
 * the least that it may be.
 */
export async function exchangeOnlineUse(
  { list, setOf }: Pick<WebApi, 'list' | 'setOf'>,
  mailboxId: MailboxId,
  nowMs: number,
  asking: Asking,
): Promise<readonly LimitUse[]> {
  const dayAgo = momentLiteral(instantOf(nowMs - 24 * HOUR_MS));
  const hourAgo = momentLiteral(instantOf(nowMs - HOUR_MS));
  const id = literal(mailboxId);
  const [sent, cycles] = await Promise.all([
    list(
      'emails',
      {
        select: ['senton', 'torecipients'],
        filter: `_sendermailboxid_value eq ${id} and statuscode eq ${SENT} and senton ge ${dayAgo}`,
        orderBy: 'senton asc',
        top: MOST,
        bare: true,
      },
      asking,
    ),
    list(
      await setOf(STATISTICS, asking),
      {
        select: ['operationtypeid', 'itemsprocessed', 'mailboxprocesscompletedon'],
        filter: `_mailboxid_value eq ${id} and mailboxprocesscompletedon ge ${hourAgo}`,
        orderBy: 'mailboxprocesscompletedon asc',
        top: MOST,
        bare: true,
      },
      asking,
    ),
  ]);
  let flow = noFlow(mailboxId);
  const add = (row: RowValues, column: string, amounts: Parameters<typeof count>[1]): void => {
    const at = momentIn(row, column);
    if (at !== null) ({ flow } = count(flow, amounts, Math.min(nowMs, epochMsOf(at))));
  };
  for (const row of sent) {
    add(row, 'senton', { 'recipients-per-day': recipientsIn(row), 'messages-per-minute': 1 });
  }
  for (const row of cycles) {
    if (wordFor(OPERATIONS, row.operationtypeid) !== 'incoming') continue;
    const received = Math.max(0, numberIn(row, 'itemsprocessed') ?? 0);
    add(row, 'mailboxprocesscompletedon', { 'received-per-hour': received });
  }
  return EXCHANGE_LIMITS.map((limit) => limitUse(flow, limit, nowMs));
}

function recipientsIn(row: RowValues): number {
  const addresses = (textIn(row, 'torecipients') ?? '').split(';').filter((each) => each !== '');
  return Math.max(1, addresses.length);
}
