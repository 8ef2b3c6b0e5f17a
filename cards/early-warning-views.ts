import type { EarlyWarning } from '../services/domain/early-warning.ts';
import type { LimitUse } from '../services/domain/exchange-online-limits.ts';
import type { MailboxView } from './views.ts';

/** What will fail, drawn from all warnings of one cause that the reader may see. */
export interface EarlyWarningView {
  /** The open one; where all have ended, the last that did. */
  readonly warning: EarlyWarning;
  readonly profileNames: readonly string[];
  /** Whose own trouble it is; null where it is that of every mailbox of a profile. */
  readonly mailbox: MailboxView | null;
  /** Some of those concerned. */
  readonly mailboxes: readonly MailboxView[];
  readonly mailboxCount: number;
}

/** What lies ahead of one mailbox, for its card. */
export interface AheadView {
  readonly warnings: readonly EarlyWarning[];
  /** How much of Exchange Online's limits is used; empty elsewhere. */
  readonly limits: readonly LimitUse[];
}
