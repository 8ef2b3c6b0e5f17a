import type { FailureScope } from '../../domain/failure.ts';
import type { Symptom } from './symptom.ts';
import { entryOf, permanent, transient, type Verdict } from './verdict.ts';

/** Where in the SMTP session the code stood: the same number means another thing at another step. */
type SmtpStep = 'sign-in' | 'envelope' | 'message' | 'other';

type Codes = Readonly<Record<string, Verdict>>;

const smtpAuthOff = permanent('authentication-disabled', 'mailbox', {
  hint: 'smtp-auth-switched-off',
});

/** Subject and detail of RFC 3463 and what IANA registered since, without the class, for a 5yz reply to AUTH. */
const AT_SIGN_IN: Codes = {
  '7.139': smtpAuthOff,
  '7.30': smtpAuthOff,
  '7.57': smtpAuthOff,
  '7.9': permanent('credentials-rejected', 'mailbox', { hint: 'application-password' }),
  '7.14': permanent('credentials-rejected', 'mailbox', { hint: 'application-password' }),
  '7.11': permanent('tls-required', 'profile'),
  '7.10': permanent('tls-required', 'profile'),
  '7.12': permanent('password-expired', 'mailbox'),
  '7.13': permanent('account-disabled', 'mailbox'),
  '2.1': permanent('account-disabled', 'mailbox'),
  '7.4': permanent('unsupported-configuration', 'profile'),
  '5.1': permanent('unsupported-configuration', 'profile'),
  '5.4': permanent('unsupported-configuration', 'profile'),
  '5.6': permanent('unsupported-configuration', 'profile'),
};

/** The same for MAIL, RCPT and DATA; what speaks of one message is scoped by `ofMessage` below. */
const OF_MAILBOX: Codes = {
  '7.139': smtpAuthOff,
  '7.30': smtpAuthOff,
  '7.57': smtpAuthOff,
  // Exchange: may not send as this address.
  '7.60': permanent('permission-denied', 'mailbox'),
  '2.252': permanent('permission-denied', 'mailbox'),
  '7.10': permanent('tls-required', 'profile'),
  // Exchange Online blocked this sender, or the whole tenant, for what was sent (5.1.8, 5.7.705, 5.7.708, 5.7.750).
  '1.8': permanent('server-refused', 'mailbox'),
  '7.705': permanent('server-refused', 'profile'),
  '7.708': permanent('server-refused', 'profile'),
  '7.750': permanent('server-refused', 'profile'),
  '7.64': permanent('server-refused', 'profile'),
  '7.511': permanent('server-refused', 'profile'),
};

/** Limits of a sending account pass by themselves, although they are worded as 5yz. */
const SENDING_LIMITS = new Set(['1.90', '4.5', '2.121', '2.122']);
const FULL = new Set(['2.2']);
const SYSTEM_FULL = new Set(['3.1']);
const TOO_LARGE = new Set(['3.4', '2.3']);
const UNKNOWN_MAILBOX = new Set(['1.0', '1.1', '1.2', '1.3', '1.4', '1.6', '1.10']);
const DISABLED_MAILBOX = new Set(['2.0', '2.1']);
const REFUSED_SENDER = new Set(['1.7', '7.1']);

/** A permanent (5yz) reply by its enhanced code; null where it has none, or one that says nothing here. */
export function enhancedVerdict(symptom: Symptom, step: SmtpStep): Verdict | null {
  const detail = detailOf(symptom);
  if (detail === '') return null;
  if (step === 'sign-in') return entryOf(AT_SIGN_IN, detail) ?? null;
  const known = entryOf(OF_MAILBOX, detail);
  if (known) return known;
  const scope = messageScope(symptom);
  if (SENDING_LIMITS.has(detail)) return transient('server-busy', 'mailbox');
  if (FULL.has(detail)) return permanent('quota-exceeded', scope);
  if (SYSTEM_FULL.has(detail)) return transient('server-unavailable', 'profile');
  if (TOO_LARGE.has(detail)) return permanent('message-too-large', scope);
  if (step !== 'envelope') return null;
  // MAIL speaks of who sends, RCPT of who is to get it; a test writes to the mailbox itself.
  if (symptom.command === 'MAIL FROM') {
    return REFUSED_SENDER.has(detail) || UNKNOWN_MAILBOX.has(detail)
      ? permanent('permission-denied', 'mailbox')
      : null;
  }
  const isTest = symptom.purpose === 'test';
  if (DISABLED_MAILBOX.has(detail)) {
    return permanent(isTest ? 'account-disabled' : 'recipient-rejected', scope);
  }
  if (UNKNOWN_MAILBOX.has(detail)) {
    return permanent(isTest ? 'mailbox-not-found' : 'recipient-rejected', scope);
  }
  return null;
}

/** A passing (4yz) reply whose code says that there was too much of something: connections, messages, mail. */
export function isBusy({ status, enhancedStatus }: Symptom): boolean {
  const detail = enhancedStatus?.slice(2) ?? '';
  return status === 421 || status === 432 || BUSY.has(detail);
}
const BUSY = new Set(['3.2', '4.5', '7.28', '7.500', '5.3', '7.16']);

/** The message's own trouble, except in a test: that is addressed to the mailbox itself. */
export function messageScope({ purpose }: Pick<Symptom, 'purpose'>): FailureScope {
  return purpose === 'test' ? 'mailbox' : 'email';
}

export function detailOf({ enhancedStatus }: Pick<Symptom, 'enhancedStatus'>): string {
  return enhancedStatus?.slice(2) ?? '';
}
