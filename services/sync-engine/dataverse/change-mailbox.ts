import type { MailboxId } from '../../domain/ids.ts';
import type { Mailbox } from '../../domain/mailbox.ts';
import { AppError } from '../../observability/index.ts';
import type { Transaction } from '../../store/index.ts';
import { doneBefore, rememberDone } from '../once.ts';
import type { ActionContext, ActionRefusal } from '../sync-engine.ts';
import { actingAs } from './acting.ts';
import { asPerson, type ChangesParts, freshMailbox } from './changes-parts.ts';
import type { MAILBOX_COLUMNS } from './columns.ts';
import { textIn } from './row-values.ts';
import type { Row, Written } from './web-api.ts';

const TRIES = 3;

export interface MailboxWish<Value, Stop> {
  /** Of the key under which it is remembered. */
  readonly action: string;
  /** Some of those that a reading has as well. */
  readonly columns: readonly (typeof MAILBOX_COLUMNS)[number][];
  readonly valueIn: (row: Row) => Value;
  /** What is to be written where the value is this; what is answered where nothing may be. */
  readonly decide: (value: Value, row: Row) => Promise<Decided<Stop>>;
  /** Written with the news; what was done, as it is answered under the same key. */
  readonly remember: (transaction: Transaction, before: Value, after: Value) => Promise<string>;
}

type Decided<Stop> =
  | { readonly kind: 'write'; readonly values: Row }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'stopped'; readonly answer: Stop };

export type MailboxWritten<Value, Stop> =
  | {
      readonly kind: 'changed';
      readonly before: Value;
      readonly after: Value;
      readonly mailbox: Mailbox;
    }
  /** The same key did it before. */
  | { readonly kind: 'repeated'; readonly result: string; readonly mailbox: Mailbox }
  | { readonly kind: 'unchanged'; readonly mailbox: Mailbox }
  | { readonly kind: 'stopped'; readonly answer: Stop }
  | { readonly kind: 'answered'; readonly written: Extract<Written, { kind: 'refused' }> }
  | Extract<ActionRefusal, { readonly kind: 'not-found' | 'no-effect' | 'sign-in-required' }>;

/**
 * Writes one value of a mailbox as the person, on the very row that it was decided on, reads it back
 * and makes the reading count.
 */
export async function changeMailbox<Value, Stop>(
  parts: ChangesParts,
  mailboxId: MailboxId,
  wish: MailboxWish<Value, Stop>,
  context: ActionContext,
): Promise<MailboxWritten<Value, Stop>> {
  const { signal } = context;
  signal.throwIfAborted();
  const reading = asPerson(signal);
  const once = { action: wish.action, mailboxId, key: context.idempotencyKey };
  const earlier = await doneBefore(parts.store, once);
  const mailboxNow = async () => (await freshMailbox(parts, mailboxId, reading))?.mailbox;
  if (earlier !== null) {
    const mailbox = await mailboxNow();
    if (mailbox === undefined) return { kind: 'not-found' };
    return { kind: 'repeated', result: earlier, mailbox };
  }
  const isKnown = (await parts.store.get('seenMailboxes', mailboxId)) !== undefined;
  const before = isKnown ? undefined : await mailboxNow();
  const acting = actingAs(context, parts.api);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const row = await parts.api.get('mailboxes', mailboxId, { select: wish.columns }, reading);
    if (row === undefined) return { kind: 'not-found' };
    const was = wish.valueIn(row);
    const decided = await wish.decide(was, row);
    if (decided.kind === 'stopped') return decided;
    if (decided.kind === 'unchanged') {
      const mailbox = before ?? (await mailboxNow());
      return mailbox === undefined ? { kind: 'not-found' } : { kind: 'unchanged', mailbox };
    }
    if (acting === null) return { kind: 'sign-in-required' };
    const asking = { ...acting, etag: textIn(row, '@odata.etag') ?? '' };
    const written = await parts.api.update('mailboxes', mailboxId, decided.values, asking);
    if (written.kind === 'not-found') return written;
    if (written.kind === 'refused') return { kind: 'answered', written };
    if (written.kind === 'changed-meanwhile') continue;
    const now = await freshMailbox(parts, mailboxId, reading);
    if (now === undefined) return { kind: 'not-found' };
    const is = wish.valueIn(now.row);
    if (is === was) return { kind: 'no-effect' };
    const mailbox = await parts.seen.record(now, {
      by: context.actor.userId,
      ...(before && { before }),
      also: async (transaction) => {
        const result = await wish.remember(transaction, was, is);
        await rememberDone(transaction, parts.scheduler, once, result);
      },
    });
    return { kind: 'changed', before: was, after: is, mailbox };
  }
  throw new AppError('dynamics-unexpected', 'a mailbox that others write all the time');
}
