import type { Symptom } from './symptom.ts';
import { permanent, transient, type Verdict } from './verdict.ts';
import {
  isExpiredPassword,
  isPassing,
  saysAny,
  TOO_MANY,
  wantsApplicationPassword,
} from './wording.ts';

/** Response codes of RFC 5530, RFC 3501 and RFC 9208. They come before `authenticationFailed` (lesson 3). */
const RESPONSE_CODES: Readonly<Record<string, Verdict>> = {
  AUTHENTICATIONFAILED: permanent('credentials-rejected', 'mailbox'),
  AUTHORIZATIONFAILED: permanent('permission-denied', 'mailbox'),
  EXPIRED: permanent('password-expired', 'mailbox'),
  CONTACTADMIN: permanent('account-disabled', 'mailbox'),
  NOPERM: permanent('permission-denied', 'mailbox'),
  NONEXISTENT: permanent('folder-missing', 'mailbox'),
  TRYCREATE: permanent('folder-missing', 'mailbox'),
  OVERQUOTA: permanent('quota-exceeded', 'mailbox'),
  INUSE: transient('mailbox-locked', 'mailbox'),
  // Counted per user and address (RFC 5530 §3), so another mailbox of the profile is not touched.
  LIMIT: transient('server-busy', 'mailbox'),
  UNAVAILABLE: transient('server-unavailable', 'profile'),
  CORRUPTION: transient('mailbox-store-broken', 'mailbox'),
  CLIENTBUG: permanent('wrong-protocol', 'profile'),
  CANNOT: permanent('unsupported-configuration', 'profile'),
};

export function imapVerdict(symptom: Symptom): Verdict | null {
  const { responseCode, reply, code, stage, retryAfterMs } = symptom;
  if (code === 'ETHROTTLE') {
    return transient('server-busy', 'mailbox', retryAfterMs === null ? {} : { retryAfterMs });
  }
  // Before sign-in it is the server that is broken, after it this mailbox's store (06).
  if (responseCode === 'SERVERBUG') {
    return stage === 'authorise' || stage === 'exchange'
      ? transient('mailbox-store-broken', 'mailbox')
      : transient('server-unavailable', 'profile');
  }
  const isKnown = responseCode !== null && Object.hasOwn(RESPONSE_CODES, responseCode);
  const known = isKnown ? RESPONSE_CODES[responseCode] : undefined;
  if (known) return known;
  if (stage === 'greeting') return reply === '' ? null : refusedGreeting(symptom);
  if (symptom.authenticationFailed || (stage === 'authenticate' && reply !== ''))
    return refusedSignIn(reply);
  if (reply !== '' && (stage === 'authorise' || stage === 'exchange')) return refusedInbox(reply);
  return null;
}

/** `* BYE` says nothing about being permanent, and an address block is lifted as often as it is set. */
function refusedGreeting({ code, reply }: Symptom): Verdict | null {
  if (code !== 'ERROR_REPLY' && code !== 'ClosedAfterConnectText') return null;
  return saysAny(reply, TOO_MANY)
    ? transient('server-busy', 'profile')
    : transient('server-refused', 'profile');
}

function refusedSignIn(reply: string): Verdict {
  if (isPassing(reply)) return transient('server-unavailable', 'profile');
  if (isExpiredPassword(reply)) return permanent('password-expired', 'mailbox');
  const hint = wantsApplicationPassword(reply) ? { hint: 'application-password' as const } : {};
  return permanent('credentials-rejected', 'mailbox', hint);
}

function refusedInbox(reply: string): Verdict {
  return saysAny(reply, ["doesn't exist", 'does not exist', 'no such mailbox', 'unknown mailbox'])
    ? permanent('folder-missing', 'mailbox')
    : transient('mailbox-store-broken', 'mailbox');
}
