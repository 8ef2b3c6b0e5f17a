import type { Direction, DirectionState, MailboxApproval } from './mailbox.ts';

/** What changes about a mailbox while the embedded engine works; the rest stands in the registry file. */
export interface MailboxState {
  /** Equal to the mailbox id. */
  readonly id: string;
  /** The address that the approval was given to: another address resets it. */
  readonly address: string;
  readonly approval: MailboxApproval;
  readonly active: boolean;
  readonly directions: Readonly<Record<Direction, Omit<DirectionState, 'method'>>>;
  /**
   * Where the last look at the inbox ended, to count new messages: POP3 UIDL, IMAP UIDNEXT, for Exchange
   * the second of the newest arrival (services/probes/received-since.ts). Read by its own protocol alone.
   */
  readonly lastSeenUid: string | null;
  readonly version: number;
}
