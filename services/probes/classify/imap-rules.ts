import { codelessSignIn, signInWords } from './sign-in-words.ts';
import type { Symptom } from './symptom.ts';
import { entryOf, permanent, transient, type Verdict } from './verdict.ts';
import { isPassing, saysAny, TOO_MANY } from './wording.ts';

/** Response codes of RFC 5530, RFC 3501 and RFC 9208. They come before `authenticationFailed` (lesson 3). */
const RESPONSE_CODES: Readonly<Record<string, Verdict>> = {
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
  // Gmail's code for a full mailbox stands for used-up bandwidth as well, and Yahoo's for a wrong
  // password for a forbidden one; in both the words tell.
  if (responseCode === 'OVERQUOTA' && saysAny(reply, TOO_MANY)) {
    return transient('server-busy', 'mailbox');
  }
  if (responseCode === 'AUTHENTICATIONFAILED') return refusedSignIn(symptom);
  const known = responseCode === null ? undefined : entryOf(RESPONSE_CODES, responseCode);
  if (known) return known;
  if (stage === 'greeting') return reply === '' ? null : refusedGreeting(symptom);
  if (symptom.authenticationFailed || (stage === 'authenticate' && reply !== ''))
    return codelessSignIn(symptom) ?? refusedSignIn(symptom);
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

function refusedSignIn(symptom: Symptom): Verdict {
  return signInWords(symptom) ?? permanent('credentials-rejected', 'mailbox');
}

function refusedInbox(reply: string): Verdict {
  if (saysAny(reply, ["doesn't exist", 'does not exist', 'no such mailbox', 'unknown mailbox'])) {
    return permanent('folder-missing', 'mailbox');
  }
  // Exchange Online lets an application or a delegate sign in and then has no mailbox for it.
  if (saysAny(reply, ['authenticated but not connected'])) {
    return permanent('permission-denied', 'mailbox');
  }
  if (saysAny(reply, TOO_MANY)) return transient('server-busy', 'mailbox');
  return isPassing(reply) && saysAny(reply, ['server unavailable', 'server busy', 'shutting down'])
    ? transient('server-unavailable', 'profile')
    : transient('mailbox-store-broken', 'mailbox');
}
