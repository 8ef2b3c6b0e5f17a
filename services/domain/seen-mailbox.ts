import type { MailboxId, OrganizationId, ProfileId } from './ids.ts';
import type { Mailbox } from './mailbox.ts';
import type { EmailServerProfile } from './profile.ts';
import type { Instant } from './time.ts';

/**
 * A mailbox of a system of record as people have been told of it: what is read next is compared
 * with this, and what differs is news. A row alone does not say who approved the address, and says
 * no more why a direction was disabled once its alert is deleted; that is remembered here.
 */
export interface SeenMailbox {
  /** Equal to the mailbox id. */
  readonly id: MailboxId;
  readonly organizationId: OrganizationId;
  readonly profileId: ProfileId | null;
  readonly mailbox: Mailbox;
  /** Of the values of its row that matter; null where the row has to be looked at again. */
  readonly fingerprint: string | null;
  /** When the reading began that brought it. */
  readonly readAt: Instant;
}

/** An email server profile as people have been told of it. */
export interface SeenProfile {
  /** Equal to the profile id. */
  readonly id: ProfileId;
  readonly organizationId: OrganizationId;
  readonly profile: EmailServerProfile;
  /** Grows with every change of the row. */
  readonly version: number;
}

/** How far a table of an organization has been read; moments are those of its server. */
export interface ReadMark {
  /** `<organization>/<table>` */
  readonly id: string;
  /** Where change tracking goes on; null where it is off. */
  readonly deltaLink: string | null;
  /** The newest `modifiedon` that was read; null before the first row. */
  readonly upTo: Instant | null;
}
