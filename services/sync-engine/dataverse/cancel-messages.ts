import type { MailboxId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import { doneBefore, rememberDone } from '../once.ts';
import type { ActionContext, WaitingAnswer } from '../sync-engine.ts';
import { actingAs } from './acting.ts';
import { asPerson, type ChangesParts, type FreshMailbox, freshMailbox } from './changes-parts.ts';
import { PENDING_SEND } from './option-sets.ts';
import { textIn } from './row-values.ts';
import type { Asking, Row, Written } from './web-api.ts';
import { refusalOf } from './write-refusal.ts';

const CANCELED = { statecode: 2, statuscode: 5 };

/**
 * Sets messages with the status Pending Send to Canceled, as the person, each only while it is still
 * pending: one that is being sent, or was sent meanwhile, is left alone.
 */
export async function cancelMessages(
  parts: ChangesParts,
  mailboxId: MailboxId,
  submittedBefore: Instant | null,
  context: ActionContext,
): Promise<WaitingAnswer> {
  const { signal } = context;
  signal.throwIfAborted();
  const once = { action: 'cancelled', mailboxId, key: context.idempotencyKey };
  const earlier = await doneBefore(parts.store, once);
  const before = await freshMailbox(parts, mailboxId, asPerson(signal));
  if (before === undefined) return { kind: 'not-found' };
  if (earlier !== null) return { kind: 'changed', count: Number(earlier), mailbox: before.mailbox };
  const acting = actingAs(context, parts.api);
  if (acting === null) return { kind: 'sign-in-required' };
  const { count, refused } = await cancelEach(parts, before, submittedBefore, acting);
  if (count === 0 && refused !== undefined) return refusalOf(refused);
  const now = await freshMailbox(parts, mailboxId, asPerson(signal));
  if (now === undefined) return { kind: 'not-found' };
  const by = context.actor.userId;
  const profile = now.mailbox.profileId === null ? undefined : parts.profile(now.mailbox.profileId);
  const [used, organization] = await Promise.all([profile, parts.organization()]);
  const mailbox = await parts.seen.record(now, {
    by,
    before: before.mailbox,
    also: async (transaction) => {
      await rememberDone(transaction, parts.scheduler, once, String(count));
      if (count === 0) return;
      const told = { mailbox: now.mailbox, profile: used, organization };
      const event = { kind: 'waiting-messages-changed', change: 'cancelled', count, by } as const;
      await parts.telling.tell(transaction, told, [event]);
    },
  });
  return { kind: 'changed', count, mailbox };
}

interface Cancelled {
  readonly count: number;
  /** Ends it: what Dynamics 365 says of one, it says of the next. */
  readonly refused?: Extract<Written, { readonly kind: 'refused' }>;
}

async function cancelEach(
  parts: ChangesParts,
  { row }: FreshMailbox,
  submittedBefore: Instant | null,
  acting: Asking,
): Promise<Cancelled> {
  const reading = asPerson(acting.signal);
  const messages = await parts.reader.emails.of(row, reading);
  const meant = messages.filter(
    ({ submittedAt }) => submittedBefore === null || submittedAt < submittedBefore,
  );
  const query = { select: ['statuscode'] };
  const asked = meant.map(({ id }) => ({ set: 'emails', id, query }));
  const rows = await parts.api.batch(asked, reading);
  let count = 0;
  for (const [index, { id }] of meant.entries()) {
    const etag = pendingAs(rows[index]);
    if (etag === null) continue;
    const written = await parts.api.update('emails', id, CANCELED, { ...acting, etag });
    if (written.kind === 'refused') return { count, refused: written };
    if (written.kind === 'done') count += 1;
  }
  return { count };
}

/** Null where it waits no more. */
function pendingAs(row: Row | undefined): string | null {
  return row?.statuscode === PENDING_SEND ? textIn(row, '@odata.etag') : null;
}
