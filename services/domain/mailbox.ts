import type { OccurredFailure } from './failure.ts';
import type { MailboxId, OrganizationId, ProfileId, UserId } from './ids.ts';
import type { Instant } from './time.ts';

/** ACT is Microsoft's own abbreviation: appointments, contacts, and tasks. */
export const DIRECTIONS = ['incoming', 'outgoing', 'act'] as const;
export type Direction = (typeof DIRECTIONS)[number];

export type MailboxKind = 'user' | 'queue' | 'forward';

/** Dataverse `incomingemaildeliverymethod` and friends (domain.md §4.1). */
export type DeliveryMethod = 'server-side-synchronization' | 'outlook' | 'forward-mailbox' | 'none';

/** Dataverse `incomingemailstatus`: Not Run, Success, Failure. */
export type DirectionStatus = 'not-run' | 'success' | 'failure';

export interface DirectionState {
  readonly method: DeliveryMethod;
  readonly enabled: boolean;
  readonly status: DirectionStatus;
  /** Failing retries in a row; the tenth disables (failure-policy.ts). */
  readonly transientFailures: number;
  /** Dynamics 365 says only that it is retried: `transientFailures` is the least that it may be. */
  readonly retriesUncounted?: boolean;
  readonly nextAttemptAt: Instant | null;
  /** The last failure is being confirmed once before it counts. */
  readonly confirming: boolean;
  readonly lastFailure: OccurredFailure | null;
  readonly disabledAt: Instant | null;
  /** While disabled: when the slow probe last saw the server answer again. */
  readonly answersAgainAt: Instant | null;
}

/** Dataverse `emailrouteraccessapproval`. */
export type ApprovalState = 'empty' | 'pending' | 'approved' | 'rejected';

export interface MailboxApproval {
  readonly state: ApprovalState;
  readonly decidedBy: UserId | null;
  readonly decidedAt: Instant | null;
}

export interface Mailbox {
  readonly id: MailboxId;
  readonly organizationId: OrganizationId;
  readonly name: string;
  readonly address: string;
  readonly kind: MailboxKind;
  readonly ownerId: UserId | null;
  readonly profileId: ProfileId | null;
  readonly active: boolean;
  readonly approval: MailboxApproval;
  readonly directions: Readonly<Record<Direction, DirectionState>>;
  /** Outgoing messages that wait ("Pending Send"): enabling the outgoing direction releases them. */
  readonly pendingSend: number;
  /**
   * Grows with every change, every approval and every finished test, also one that changed nothing
   * else. The key of a card's button names it: pressed twice, the button of one version has one effect.
   */
  readonly version: number;
}

/** How many waiting messages go as soon as the outgoing direction is enabled. */
export function letsGo({ directions: { outgoing }, pendingSend }: Mailbox): number {
  const off = outgoing.method === 'server-side-synchronization' && !outgoing.enabled;
  return off ? pendingSend : 0;
}

/** How many waiting messages go as soon as an inactive mailbox is active again. */
export function goesWhenActive({ active, directions: { outgoing }, pendingSend }: Mailbox): number {
  const sends = outgoing.method === 'server-side-synchronization' && outgoing.enabled;
  return !active && sends ? pendingSend : 0;
}

/** RFC 5321 §4.5.3.1.3; what is longer is no address, and must not fill a card. */
const LONGEST_ADDRESS = 254;

/** An address as a button carries it, to be held against the mailbox's when it is pressed. */
export function carriedAddress({ address }: Pick<Mailbox, 'address'>): string {
  return address.slice(0, LONGEST_ADDRESS).toLowerCase();
}

/** How a mailbox is as a whole; the card's headline. */
export type MailboxHealth = 'healthy' | 'retrying' | 'disabled' | 'not-enabled' | 'inactive';

/** Worst direction wins, and a direction that is not synchronized by the server does not count. */
export function healthOf(mailbox: Mailbox): MailboxHealth {
  if (!mailbox.active) return 'inactive';
  const used = DIRECTIONS.map((direction) => mailbox.directions[direction]).filter(
    (state) => state.method === 'server-side-synchronization',
  );
  if (used.some((state) => state.disabledAt !== null)) return 'disabled';
  if (used.some((state) => state.transientFailures > 0 || state.confirming)) return 'retrying';
  if (used.length === 0 || used.some((state) => !state.enabled)) return 'not-enabled';
  return 'healthy';
}
