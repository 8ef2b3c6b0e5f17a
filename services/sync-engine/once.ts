import { instantOf } from '../domain/time.ts';
import type { Clock } from '../scheduler/index.ts';
import type { Reader, Transaction } from '../store/index.ts';

/** An action on one mailbox with the caller's key: the second use finds what the first one did. */
export interface OnceKey {
  readonly action: string;
  readonly mailboxId: string;
  readonly key: string;
}

export async function doneBefore(reader: Reader, once: OnceKey): Promise<string | null> {
  return (await reader.get('idempotency', recordId(once)))?.result ?? null;
}

export async function rememberDone(
  transaction: Transaction,
  clock: Clock,
  once: OnceKey,
  result: string,
): Promise<void> {
  await transaction.put('idempotency', { id: recordId(once), result, at: instantOf(clock.now()) });
}

function recordId({ action, mailboxId, key }: OnceKey): string {
  return `engine/${action}/${mailboxId}/${key}`;
}
