import type { MailboxId, OrganizationId, UserId } from './ids.ts';
import { DIRECTIONS, type Mailbox } from './mailbox.ts';
import type { ServerType } from './profile.ts';
import type { Instant } from './time.ts';

/**
 * One Exchange mailbox synchronizes with exactly one Dynamics 365 organization, whatever others know
 * its address (domain.md §3.3). Dynamics 365 notes the organization in Exchange itself.
 */
export interface PrimaryOrganization {
  /** The address, in lower case. */
  readonly id: string;
  readonly organizationId: OrganizationId;
  /** The organization's mailbox of that address. */
  readonly mailboxId: MailboxId;
  readonly since: Instant;
  /** Who tested it; null where it was synchronized before this engine took over. */
  readonly by: UserId | null;
}

export function primaryOrganizationId(address: string): string {
  return address.toLowerCase();
}

/** Another organization keeps this mailbox from being synchronized here. */
export function isHeldElsewhere({ directions }: Mailbox): boolean {
  return DIRECTIONS.some(
    (direction) => directions[direction].lastFailure?.reason === 'other-organization',
  );
}

/** Mail servers that speak POP3 or IMAP keep no such note: each organization reads on its own. */
export function hasPrimaryOrganization(serverType: ServerType): boolean {
  return serverType === 'exchange-online' || serverType === 'exchange-server';
}
