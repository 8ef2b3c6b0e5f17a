import type { UserId } from './ids.ts';
import type { Language } from './language.ts';
import type { Instant } from './time.ts';

/** Where a person can be reached: one row per personal conversation with the bot. */
export interface ConversationLink {
  /** The Teams conversation id. */
  readonly id: string;
  readonly scope: 'personal' | 'group' | 'channel';
  /** The person of a personal conversation; null in groups and channels. */
  readonly userId: UserId | null;
  readonly tenantId: string;
  /** The SDK's own conversation reference, opaque outside bot/teams. */
  readonly reference: unknown;
  readonly state: 'reachable' | 'blocked' | 'uninstalled';
  readonly seenAt: Instant;
}

export interface Preference {
  /** Equal to the person's Entra object id. */
  readonly id: string;
  /** Chosen with the `language` command; null follows the client. */
  readonly language: Language | null;
  /** What the person's client said last; used where there is no turn to read it from. */
  readonly clientLanguage: Language | null;
  readonly timeZone: string | null;
}
