import type { Symptom } from './symptom.ts';
import { permanent, transient, type Verdict } from './verdict.ts';
import {
  isExpiredPassword,
  isPassing,
  saysAny,
  TOO_MANY,
  wantsApplicationPassword,
} from './wording.ts';

type Row = readonly [phrases: readonly string[], verdict: Verdict];

/**
 * What servers say beside, or instead of, a code when they refuse a sign-in: Exchange, Gmail, Yahoo,
 * Outlook.com and Dovecot. The first row that fits counts, so what is surer stands higher.
 */
const ROWS: readonly Row[] = [
  [
    ['smtpclientauthentication is disabled'],
    permanent('authentication-disabled', 'mailbox', { hint: 'smtp-auth-switched-off' }),
  ],
  [
    [
      'basic authentication is disabled',
      'basic authentication is not supported',
      'security defaults',
      'conditional access',
      'did not meet the criteria',
      'multi-factor',
      'multifactor',
    ],
    permanent('authentication-disabled', 'mailbox', { hint: 'sign-in-policy' }),
  ],
  [
    [
      'not enabled for imap',
      'not enabled for pop',
      'imap access is disabled',
      'pop access is disabled',
      'imap is disabled',
      'pop3 is disabled',
      'pop is disabled',
      'protocol disabled',
      'protocol is disabled',
    ],
    permanent('authentication-disabled', 'mailbox', { hint: 'protocol-switched-off' }),
  ],
  [
    [
      'account is locked',
      'account locked',
      'account has been locked',
      'account temporarily locked',
    ],
    permanent('account-disabled', 'mailbox'),
  ],
  [
    ['account disabled', 'account is disabled', 'account_disabled', 'user disabled', 'suspended'],
    permanent('account-disabled', 'mailbox'),
  ],
  [
    [
      'maildrop already locked',
      'maildrop is locked',
      'lock maildrop',
      'mailbox is locked',
      'lock mailbox',
      'already in use',
      'being used by another',
    ],
    transient('mailbox-locked', 'mailbox'),
  ],
  [['authenticated but not connected'], permanent('permission-denied', 'mailbox')],
];

/** Only these are beyond doubt where a server has one code for a wrong password and for an outage. */
const NAMES_THE_PASSWORD = [
  'username and password',
  'user name and password',
  'username or password',
  'user name or password',
  'bad password',
  'invalid password',
  'wrong password',
  'incorrect password',
  'credentials were incorrect',
  'badcredentials',
];

export function namesThePassword(reply: string): boolean {
  return saysAny(reply, NAMES_THE_PASSWORD);
}

/** What the words of a refused sign-in say for sure; null where they tell nothing. */
export function signInWords({ reply }: Pick<Symptom, 'reply'>): Verdict | null {
  for (const [phrases, verdict] of ROWS) if (saysAny(reply, phrases)) return verdict;
  // Who counts sign-ins counts them for one account.
  if (saysAny(reply, TOO_MANY)) return transient('server-busy', 'mailbox');
  if (isExpiredPassword(reply)) return permanent('password-expired', 'mailbox');
  return wantsApplicationPassword(reply)
    ? permanent('credentials-rejected', 'mailbox', { hint: 'application-password' })
    : null;
}

/** For a refusal without a code of its own: "try again" beside a code that blames the password is courtesy. */
export function codelessSignIn(symptom: Symptom): Verdict | null {
  const said = signInWords(symptom);
  if (said) return said;
  if (namesThePassword(symptom.reply)) return permanent('credentials-rejected', 'mailbox');
  return isPassing(symptom.reply) ? transient('server-unavailable', 'profile') : null;
}
