import { z } from 'zod';
import type { UserId } from '../../domain/ids.ts';
import type { ActionRefusal } from '../sync-engine.ts';

/** What somebody did through a bot, as far as the engine can tell. */
export interface SeenAction {
  readonly actor: UserId;
  /** The mailbox or profile that it was about. */
  readonly subject: string;
  /** The kind of the answer. */
  readonly answered: string;
  readonly refused: boolean;
}

const about = z.union([z.string(), z.looseObject({ mailboxId: z.string() })]);
const answer = z.looseObject({ kind: z.string() });
const REFUSALS: ReadonlySet<string> = new Set<
  ActionRefusal['kind'] | 'owner-disabled' | 'not-offered'
>([
  'not-found',
  'approval-missing',
  'mailbox-inactive',
  'profile-missing',
  'no-effect',
  'not-permitted',
  'sign-in-required',
  'refused',
  'owner-disabled',
  'not-offered',
]);

export function seenAction(
  actor: UserId,
  [first]: readonly unknown[],
  result: unknown,
): SeenAction {
  const named = about.safeParse(first).data ?? '';
  const answered = answer.safeParse(result).data?.kind ?? '';
  return {
    actor,
    subject: typeof named === 'string' ? named : named.mailboxId,
    answered,
    refused: REFUSALS.has(answered),
  };
}
