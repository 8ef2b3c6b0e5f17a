import type { AlertLevel } from '../../domain/alert.ts';
import type { ExchangeVersion } from '../../domain/mail-service.ts';
import type {
  ApprovalState,
  DeliveryMethod,
  Direction,
  DirectionStatus,
} from '../../domain/mailbox.ts';
import type { CredentialSource, ServerType } from '../../domain/profile.ts';
import { AppError } from '../../observability/index.ts';

/** Values of a choice column, in the domain's words. */
export type OptionSet<Word extends string> = Readonly<Record<number, Word>>;

export const EMAIL_METHODS: OptionSet<DeliveryMethod> = {
  0: 'none',
  1: 'outlook',
  2: 'server-side-synchronization',
  3: 'forward-mailbox',
};

/** Not numbered as those of e-mail are. */
export const ACT_METHODS: OptionSet<DeliveryMethod> = {
  0: 'outlook',
  1: 'server-side-synchronization',
  2: 'none',
};

export const STATUSES: OptionSet<DirectionStatus> = { 0: 'not-run', 1: 'success', 2: 'failure' };

export const APPROVALS: OptionSet<ApprovalState> = {
  0: 'empty',
  1: 'approved',
  2: 'pending',
  3: 'rejected',
};

/** 2 is "Exchange Server (Hybrid)", 3 "Exchange Online (Hybrid)". */
export const SERVER_TYPES: OptionSet<ServerType> = {
  0: 'exchange-server',
  1: 'pop3-smtp',
  2: 'exchange-server',
  3: 'exchange-online',
  4: 'imap-smtp',
};

/**
 * Windows Integrated, anonymous, Gmail OAuth, hybrid modern authentication and OAuth of another tenant
 * are all set in the profile: nothing about them stands in the mailbox.
 */
export const CREDENTIAL_SOURCES: OptionSet<CredentialSource> = {
  0: 'mailbox',
  1: 'profile',
  2: 'server-to-server',
  3: 'profile',
  4: 'profile',
  5: 'profile',
  6: 'profile',
  7: 'profile',
};

/** The newest that can be chosen, 5, is "Exchange 2013": it stands for all later ones, and says nothing. */
export const EXCHANGE_VERSIONS: OptionSet<ExchangeVersion> = {
  0: '2007',
  1: '2007',
  2: '2010',
  3: '2010',
  4: '2010',
};

export const LEVELS: OptionSet<AlertLevel> = { 1: 'information', 2: 'warning', 3: 'error' };

/** `mailboxstatistics.operationtypeid`. */
export const OPERATIONS: OptionSet<Direction> = { 0: 'incoming', 1: 'outgoing', 2: 'act' };

export const ACTIVE = 0;

export const PENDING_SEND = 6;
export const SENDING = 7;

/** Undefined for a value that is not known here: what it stands for is the caller's to decide. */
export function wordFor<Word extends string>(
  options: OptionSet<Word>,
  value: unknown,
): Word | undefined {
  return typeof value === 'number' && Object.hasOwn(options, value) ? options[value] : undefined;
}

/** The number of a word, for writing; the first where several mean the same. */
export function numberFor<Word extends string>(options: OptionSet<Word>, word: Word): number {
  const found = Object.entries(options).find(([, each]) => each === word);
  if (found === undefined) throw new AppError('unexpected', `${word} is no option`);
  return Number(found[0]);
}
