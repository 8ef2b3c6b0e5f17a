import type { MailboxId } from '../../domain/ids.ts';
import type { Mailbox } from '../../domain/mailbox.ts';
import { doneBefore, rememberDone } from '../once.ts';
import type { ActionContext, ActionRefusal } from '../sync-engine.ts';
import { actingAs } from './acting.ts';
import { asPerson, type ChangesParts, freshMailbox } from './changes-parts.ts';
import { lookupIn, type RowValues } from './row-values.ts';
import type { Written } from './web-api.ts';
import { refusalOf } from './write-refusal.ts';

export type Decision = 'approved' | 'rejected';

const WRITTEN: Readonly<Record<Decision, number>> = { approved: 1, rejected: 3 };

export type AddressDecided =
  | { readonly kind: 'decided'; readonly mailbox: Mailbox }
  | { readonly kind: 'already-decided'; readonly mailbox: Mailbox }
  | ActionRefusal;

/**
 * "Approve Email" and "Reject Email": one column of the user or queue, written as the person. Dynamics
 * 365 answers an approval that does not count as it answers one that does, so the mailbox is read again
 * and what it says then is what counts.
 */
export async function decideAddress(
  parts: ChangesParts,
  mailboxId: MailboxId,
  decision: Decision,
  context: ActionContext,
): Promise<AddressDecided> {
  const { signal, actor, idempotencyKey } = context;
  signal.throwIfAborted();
  const once = { action: decision, mailboxId, key: idempotencyKey };
  const reading = asPerson(signal);
  const before = await freshMailbox(parts, mailboxId, reading);
  if (before === undefined) return { kind: 'not-found' };
  const { mailbox: was } = before;
  const earlier = await doneBefore(parts.store, once);
  if (earlier !== null) return { kind: 'decided', mailbox: was };
  if (was.approval.state === decision) return { kind: 'already-decided', mailbox: was };
  const acting = actingAs(context, parts.api);
  if (acting === null) return { kind: 'sign-in-required' };
  const { set, id } = carrierOf(before.row, mailboxId);
  const values = { emailrouteraccessapproval: WRITTEN[decision] };
  const written = await parts.api.update(set, id, values, acting);
  if (written.kind === 'refused') return approvalRefusalOf(written);
  if (written.kind === 'not-found') return { kind: 'not-found' };
  const now = await freshMailbox(parts, mailboxId, reading);
  if (now === undefined) return { kind: 'not-found' };
  if (now.mailbox.approval.state !== decision) return { kind: 'no-effect' };
  const mailbox = await parts.seen.record(now, {
    by: actor.userId,
    before: was,
    also: (transaction) => rememberDone(transaction, parts.scheduler, once, decision),
  });
  return { kind: 'decided', mailbox };
}

/** The mailbox of a user or queue follows it; a forward mailbox carries its approval itself. */
function carrierOf(
  row: RowValues,
  mailboxId: MailboxId,
): { readonly set: string; readonly id: string } {
  const whose = lookupIn(row, 'regardingobjectid');
  if (whose === null) return { set: 'mailboxes', id: mailboxId };
  return { set: whose.table === 'queue' ? 'queues' : 'systemusers', id: whose.id };
}

/** Both texts that are known name both roles of Microsoft 365. */
const WANTS_OFFICE = /\b(?:global|exchange) administrator\b/i;

function approvalRefusalOf(written: Extract<Written, { readonly kind: 'refused' }>): ActionRefusal {
  const refusal = refusalOf(written);
  if (!WANTS_OFFICE.test(written.message) || !('reply' in refusal)) return refusal;
  return { kind: 'not-permitted', lacks: 'office-administrator', reply: refusal.reply };
}
