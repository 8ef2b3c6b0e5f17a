import type { Alert, AlertLevel } from './alert.ts';
import type { OrganizationId, ProfileId, TopicId, UserId } from './ids.ts';
import type { Direction, Mailbox } from './mailbox.ts';
import {
  classOf,
  isSystemDisabled,
  type MailboxClass,
  type OpenTest,
  takesLong,
} from './mailbox-class.ts';
import type { PerformanceThresholds } from './organization.ts';
import type { ServerType } from './profile.ts';
import type { Instant } from './time.ts';
import type { TurnFigures, TurnSums } from './turn-figures.ts';

/**
 * Whose mailboxes are counted; null leaves a limit out. `concerning` is what a person without a role
 * may see: mailboxes of theirs, and of profiles of theirs. The caller knows who asks.
 */
export interface PerformanceScope {
  readonly organizationId: OrganizationId | null;
  readonly profileId: ProfileId | null;
  readonly concerning: UserId | null;
}

/**
 * "Server-Side Synchronization Summary" in its own hierarchy (domain.md §5.1). Always: configured =
 * healthy + continuous errors + warnings, and warnings = intermittent + not processing + testing.
 */
export interface PerformanceSummary {
  readonly configured: number;
  readonly healthy: number;
  readonly continuousErrors: number;
  readonly warnings: {
    readonly total: number;
    readonly intermittent: number;
    readonly notProcessing: number;
    readonly testing: { readonly total: number; readonly takingLong: number };
  };
  /** Beside the hierarchy: the list "System-disabled mailboxes that previously synchronized". */
  readonly systemDisabled: number;
  /** Configured mailboxes by their profile's server; `none` has no profile. */
  readonly byServerType: Readonly<Record<ServerType | 'none', number>>;
}

/** What a mailbox counts as in each number of the summary. */
export interface CountedMailbox {
  readonly class: MailboxClass;
  readonly takesLong: boolean;
  readonly systemDisabled: boolean;
  readonly serverType: ServerType | null;
}

/** Null when the mailbox is not configured for server-side synchronization: no number counts it. */
export function countedAs(
  mailbox: Mailbox,
  circumstances: {
    readonly serverType: ServerType | null;
    readonly test: OpenTest | null;
    readonly thresholds: PerformanceThresholds;
  },
  nowMs: number,
): CountedMailbox | null {
  const { serverType, test, thresholds } = circumstances;
  const counted = classOf(mailbox, test, thresholds);
  if (counted === null) return null;
  return {
    class: counted,
    takesLong: test !== null && takesLong(test, nowMs),
    systemDisabled: isSystemDisabled(mailbox),
    serverType,
  };
}

/** Which number, to list the mailboxes behind it. */
export type PerformanceSelection =
  | { readonly by: 'configured' }
  | { readonly by: 'class'; readonly class: MailboxClass }
  | { readonly by: 'warnings' }
  | { readonly by: 'test-takes-long' }
  | { readonly by: 'system-disabled' }
  | { readonly by: 'server-type'; readonly serverType: ServerType | null }
  /** Those whose turns fail most; of those that fail alike, the slowest. */
  | { readonly by: 'worst' };

export interface PageWish {
  /** Where the page before ended, as it said itself; null for the first page. */
  readonly after: string | null;
  readonly limit: number;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Of all pages. */
  readonly total: number;
  /** For the next page; null after the last one. */
  readonly next: string | null;
}

export interface MailboxPerformance {
  readonly mailbox: Mailbox;
  readonly class: MailboxClass;
  /** Of its last turns; null before the first. */
  readonly figures: TurnFigures | null;
}

/** From the start of an hour (UTC) to before another, a month at most. */
export interface Period {
  readonly from: Instant;
  readonly to: Instant;
}

export interface PerformanceHour {
  readonly from: Instant;
  /** Turns that were completed in this hour. */
  readonly turns: Readonly<Record<Direction, TurnSums>>;
  /** Alerts that were raised in it, by what they say. */
  readonly alerts: readonly {
    readonly topic: TopicId;
    readonly level: AlertLevel;
    readonly count: number;
  }[];
}

/** The alerts behind a number of an hour or a day; null for all topics. */
export interface AlertSelection extends Period {
  readonly topic: TopicId | null;
}

export type AlertPage = Page<Alert>;
export type MailboxPage = Page<MailboxPerformance>;

const NOTHING: PerformanceSummary = {
  configured: 0,
  healthy: 0,
  continuousErrors: 0,
  warnings: { total: 0, intermittent: 0, notProcessing: 0, testing: { total: 0, takingLong: 0 } },
  systemDisabled: 0,
  byServerType: {
    'exchange-online': 0,
    'exchange-server': 0,
    'pop3-smtp': 0,
    'imap-smtp': 0,
    none: 0,
  },
};

export function summaryOf(mailboxes: readonly CountedMailbox[]): PerformanceSummary {
  const count = (counts: (mailbox: CountedMailbox) => boolean): number =>
    mailboxes.filter(counts).length;
  const inClass = (one: MailboxClass): number => count((mailbox) => mailbox.class === one);
  const intermittent = inClass('intermittent');
  const notProcessing = inClass('not-processing');
  const testing = inClass('testing');
  const byServerType = { ...NOTHING.byServerType };
  for (const { serverType } of mailboxes) byServerType[serverType ?? 'none'] += 1;
  return {
    configured: mailboxes.length,
    healthy: inClass('healthy'),
    continuousErrors: inClass('continuous-errors'),
    warnings: {
      total: intermittent + notProcessing + testing,
      intermittent,
      notProcessing,
      testing: { total: testing, takingLong: count((mailbox) => mailbox.takesLong) },
    },
    systemDisabled: count((mailbox) => mailbox.systemDisabled),
    byServerType,
  };
}

/** Whether a mailbox is behind a number; `worst` leaves none out. */
export function isSelected(mailbox: CountedMailbox, selection: PerformanceSelection): boolean {
  switch (selection.by) {
    case 'configured':
    case 'worst':
      return true;
    case 'class':
      return mailbox.class === selection.class;
    case 'warnings':
      return mailbox.class !== 'healthy' && mailbox.class !== 'continuous-errors';
    case 'test-takes-long':
      return mailbox.takesLong;
    case 'system-disabled':
      return mailbox.systemDisabled;
    case 'server-type':
      return mailbox.serverType === selection.serverType;
  }
}
