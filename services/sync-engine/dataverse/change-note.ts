import type { UserId } from '../../domain/ids.ts';
import type { SetUpChange } from '../../domain/set-up-change.ts';
import type { Instant } from '../../domain/time.ts';
import type { Transaction } from '../../store/index.ts';
import { sameValue } from '../profile-parts.ts';

type Value = SetUpChange['over'];
type About = SetUpChange extends infer Change
  ? Change extends SetUpChange
    ? Omit<Change, 'id' | 'at' | 'by' | 'overruledAt' | 'over' | 'now'>
    : never
  : never;

/** What was changed by a button, and from what to what. */
export interface MadeChange {
  readonly about: About;
  readonly before: Value;
  readonly after: Value;
  readonly by: UserId;
  readonly at: Instant;
}

export function noteId(about: About): string {
  return `${'profileId' in about ? about.profileId : about.mailboxId}:${about.part}`;
}

/**
 * Keeps what the value was before buttons changed it, so that it can be undone; nothing where it has
 * come back to that. What somebody changed in Dynamics 365 in between is where the next undo leads.
 */
export async function keepNote(
  transaction: Transaction,
  { about, before, after, by, at }: MadeChange,
): Promise<void> {
  const id = noteId(about);
  const former = await transaction.get('setUpChanges', id);
  const stands = former?.overruledAt === null && isSame(former.now, before);
  const over = stands ? former.over : before;
  if (isSame(over, after)) return transaction.remove('setUpChanges', id);
  // Of one part all three: they were read from it.
  const note = { id, at, by, overruledAt: null, ...about, over, now: after } as SetUpChange;
  await transaction.put('setUpChanges', note);
}

export function isSame(one: Value, other: Value): boolean {
  if (typeof one === 'boolean' || typeof other === 'boolean') return one === other;
  return sameValue(one, other);
}
