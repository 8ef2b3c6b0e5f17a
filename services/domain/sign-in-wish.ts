import type { UserId } from './ids.ts';
import { epochMsOf, type Instant, MINUTE_MS } from './time.ts';

/** What somebody wanted when they were asked to sign in; it is done once they have. */
export interface SignInWish {
  /** One to a person in a conversation: what they asked for last is what they wait for. */
  readonly id: string;
  readonly personId: UserId;
  readonly wanted:
    | { readonly kind: 'said'; readonly text: string }
    /** A button: what it sent, and the message that it stands on. */
    | { readonly kind: 'pressed'; readonly value: unknown; readonly cardId: string | null }
    /** Only to be signed in. */
    | { readonly kind: 'nothing' };
  /** Of the wish as it came first: done twice it is done once. */
  readonly idempotencyKey: string;
  readonly askedAt: Instant;
  /** Signing in silently has failed: the person has been shown a button for it. */
  readonly withButton: boolean;
}

/** Whoever signs in tomorrow, for another reason, must not find yesterday's approval given. */
const LIVES_MS = 15 * MINUTE_MS;

export function isStillWished({ askedAt }: SignInWish, nowMs: number): boolean {
  return nowMs - epochMsOf(askedAt) <= LIVES_MS;
}
