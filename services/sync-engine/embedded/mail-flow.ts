import {
  count,
  EXCHANGE_LIMITS,
  type ExchangeLimit,
  type LimitUse,
  limitUse,
  type MailFlow,
  noFlow,
} from '../../domain/exchange-online-limits.ts';
import { idOf, type MailboxId } from '../../domain/ids.ts';
import type { OutgoingMessage } from '../../domain/outgoing-message.ts';
import type { ProbeOutcome } from '../../probes/index.ts';
import type { Transaction } from '../../store/index.ts';
import { raiseWarning } from './early-warnings.ts';
import type { EngineParts } from './engine-parts.ts';
import type { RegisteredMailbox } from './registry.ts';

type Seen = Extract<ProbeOutcome, { outcome: 'passed' }>;
type Parts = Pick<EngineParts, 'registry' | 'scheduler' | 'emit'>;

const LIMITS_ARTICLE = 'exchange-online-limits';

/** Counts a message that was sent, in the transaction that says so; other servers have no such limits. */
export async function countSent(
  parts: Parts,
  transaction: Transaction,
  registered: RegisteredMailbox,
  { to }: OutgoingMessage,
): Promise<void> {
  if (!isLimited(parts, registered)) return;
  const flow = await flowOf(transaction, registered);
  const amounts = { 'recipients-per-day': to.length, 'messages-per-minute': 1 };
  await keep(parts, transaction, registered, flow, amounts);
}

/**
 * Counts what has arrived since the last look: as the server lists it, or by how much the inbox has
 * grown. What was moved or deleted in between hides as much: the count is a lower bound. Called only
 * when something has arrived, or every look at a healthy mailbox would write.
 */
export async function countReceived(
  parts: Parts,
  transaction: Transaction,
  registered: RegisteredMailbox,
  { messageCount, newMessages }: Pick<Seen, 'messageCount' | 'newMessages'>,
): Promise<void> {
  if (messageCount === null || !isLimited(parts, registered)) return;
  const flow = await flowOf(transaction, registered);
  const grown = flow.inboxCount === null ? 0 : Math.max(1, messageCount - flow.inboxCount);
  const seen = { ...flow, inboxCount: messageCount };
  await keep(parts, transaction, registered, seen, { 'received-per-hour': newMessages ?? grown });
}

export async function limitsOf(
  { registry, store, scheduler }: Pick<EngineParts, 'registry' | 'store' | 'scheduler'>,
  mailboxId: MailboxId,
): Promise<readonly LimitUse[]> {
  const registered = registry.mailboxes.get(mailboxId);
  if (registered === undefined || !isLimited({ registry }, registered)) return [];
  const flow = (await store.get('mailFlows', mailboxId)) ?? noFlow(mailboxId);
  return EXCHANGE_LIMITS.map((limit) => limitUse(flow, limit, scheduler.now()));
}

function isLimited(
  { registry }: Pick<EngineParts, 'registry'>,
  { profileId }: RegisteredMailbox,
): boolean {
  const used = profileId === null ? undefined : registry.profiles.get(profileId);
  return used?.profile.serverType === 'exchange-online';
}

async function flowOf(transaction: Transaction, { id }: RegisteredMailbox): Promise<MailFlow> {
  return (await transaction.get('mailFlows', id)) ?? noFlow(id);
}

async function keep(
  parts: Parts,
  transaction: Transaction,
  registered: RegisteredMailbox,
  before: MailFlow,
  amounts: Readonly<Partial<Record<ExchangeLimit, number>>>,
): Promise<void> {
  const { flow, warnings } = count(before, amounts, parts.scheduler.now());
  await transaction.put('mailFlows', flow);
  for (const use of warnings) {
    await parts.emit(transaction, registered, { kind: 'limit-near', use });
    const { id: mailboxId, profileId } = registered;
    if (profileId === null || use.level === null) continue;
    await raiseWarning(parts, transaction, {
      cause: `limit:${mailboxId}:${use.limit}`,
      trouble: { kind: 'limit-near', use },
      mailboxId,
      profileId,
      topic: idOf(LIMITS_ARTICLE),
      level: use.level,
      at: null,
    });
  }
}
